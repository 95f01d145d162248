package org.heraldlb.core.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.heraldlb.core.CoreSettings;
import org.heraldlb.core.maintenance.DrainWaits;
import org.heraldlb.core.plan.PlanOptions;
import org.heraldlb.core.plan.SteadyWeights;
import org.heraldlb.manifest.CrossCheckOptions;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configuration as settings. A value that makes no sense is logged, and the default is used. */
final class CoreSettingsReader {

    private static final Logger LOG = LoggerFactory.getLogger(CoreSettingsReader.class);

    private CoreSettingsReader() {}

    static CoreSettings read(CoreConfig config) {
        return new CoreSettings(
                Optional.of(config.loadBalancerClass().strip()).filter(text -> !text.isEmpty()),
                new PlanOptions(config.ignoreExcludeLabel(), false, isShadow(config.mode())),
                CrossCheckOptions.of(mode(config.checks())),
                seconds(config.grace_seconds()),
                targets(config),
                new DrainWaits(
                        seconds(config.drain_handOver_seconds()),
                        seconds(config.drain_gracefulShutdown_seconds()),
                        seconds(config.drain_withdraw_seconds()),
                        Duration.ofMillis(Math.max(0, config.stop_handOver_millis()))),
                new SteadyWeights.Rule(
                        Math.max(0, Math.min(100, config.weights_percent())), seconds(config.weights_seconds())),
                stateDirectory());
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(Math.max(0, seconds));
    }

    private static CoreSettings.Targets targets(CoreConfig config) {
        return new CoreSettings.Targets(
                target("l2.target", config.l2_target()), target("bgp.target", config.bgp_target()));
    }

    /** A word that nobody knows makes a shadow: who tried to write one does not want to be heard. */
    private static boolean isShadow(String text) {
        String word = text.strip();
        if (!word.equalsIgnoreCase("active") && !word.equalsIgnoreCase("shadow")) {
            LOG.error("org.heraldlb.core: mode={} is neither active nor shadow; shadow is used", text);
        }
        return !word.equalsIgnoreCase("active");
    }

    private static CrossCheckOptions.Mode mode(String text) {
        for (CrossCheckOptions.Mode mode : CrossCheckOptions.Mode.values()) {
            if (mode.name().equalsIgnoreCase(text.strip())) {
                return mode;
            }
        }
        LOG.error("org.heraldlb.core: checks={} is none of HERALD, NATIVE, FRR; HERALD is used", text);
        return CrossCheckOptions.Mode.HERALD;
    }

    private static Predicate<Map<String, ?>> target(String key, String text) {
        if (text.isBlank()) {
            return properties -> true;
        }
        try {
            Filter filter = FrameworkUtil.createFilter(text.strip());
            return filter::matches;
        } catch (InvalidSyntaxException wrong) {
            LOG.error(
                    "org.heraldlb.core: {}={} is no filter ({}); any announcer is used", key, text, wrong.getMessage());
            return properties -> true;
        }
    }

    /** {@code herald.state}, or {@code state} beside the container. */
    private static Path stateDirectory() {
        String base = System.getProperty("karaf.base", ".");
        return Path.of(System.getProperty("herald.state", Path.of(base, "state").toString()));
    }
}
