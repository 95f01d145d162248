package org.heraldlb.k8swebhook.internal;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.k8swebhook.Webhook;
import org.heraldlb.k8swebhook.Webhook.Keeping;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.heraldlb.manifest.ReadContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configuration as settings. A value that makes no sense is logged, and the default is used. */
final class SettingsReader {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);

    private SettingsReader() {}

    static Webhook.Settings read(WebhookConfig config, OtherSettings others) {
        String bind = config.bind().strip();
        return new Webhook.Settings(
                bind.isEmpty() ? new InetSocketAddress(config.port()) : new InetSocketAddress(bind, config.port()),
                new ReadContext(others.id(), true, others.namespace().strip()),
                mode(others.checks()),
                keeping(config, others));
    }

    /** Core says so when the value is none. */
    private static Mode mode(String text) {
        for (Mode mode : Mode.values()) {
            if (mode.name().equalsIgnoreCase(text.strip())) {
                return mode;
            }
        }
        return Mode.HERALD;
    }

    private static Keeping keeping(WebhookConfig config, OtherSettings others) {
        String kept = config.certificates().strip();
        if (kept.equals("files")) {
            return new Webhook.Given(
                    Path.of(config.certificate_file().strip()),
                    Path.of(config.key_file().strip()));
        }
        if (!kept.equals("secret") && !kept.equals("state")) {
            LOG.error("org.heraldlb.k8swebhook: certificates={} is none of secret, state, files; secret is used", kept);
        }
        Path state = Path.of(System.getProperty("herald.state", "state"), "webhook-certificate.json");
        return new Webhook.Own(
                kept.equals("state") ? Optional.of(state) : Optional.empty(),
                config.secret().strip(),
                config.configuration().strip(),
                config.definition().strip(),
                names(config, others),
                Duration.ofSeconds(config.certificate_seconds()),
                Duration.ofSeconds(config.authority_seconds()));
    }

    private static List<String> names(WebhookConfig config, OtherSettings others) {
        String service = config.service().strip() + "." + others.namespace().strip() + ".svc";
        List<String> names = new ArrayList<>(List.of(service, service + ".cluster.local"));
        for (String name : config.names().split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }
}
