package org.heraldlb.configsource.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.configsource.mapping.ConfigState;
import org.heraldlb.configsource.mapping.ConfigState.Configured;
import org.heraldlb.configsource.mapping.ConfigState.Contents;
import org.heraldlb.manifest.ReadContext;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The intents of the configurations. An event says only that something changed; what is true is listed then. */
public final class ConfigSource implements IntentSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.configsource");
    private static final String LIST = "list";
    /** Changes come in bursts: one for each file when the container starts. */
    private static final long GATHER_NANOS = Duration.ofMillis(20).toNanos();

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final String id;
    private final Configurations configurations;
    private final EventLoop loop;
    private final SnapshotCell<IntentFragment> fragment;
    private ConfigState state;

    private ConfigSource(String id, Configurations configurations, EventLoop loop) {
        this.id = id;
        this.configurations = configurations;
        this.loop = loop;
        this.fragment = new SnapshotCell<>(IntentFragment.unsynced(id));
        this.state = ConfigState.empty(ReadContext.files(id));
    }

    /** Starts with a first listing. The source owns {@code loop} from here on. */
    public static ConfigSource start(String id, Configurations configurations, EventLoop loop) {
        ConfigSource source = new ConfigSource(id, configurations, loop);
        loop.execute(source::list);
        return source;
    }

    /** Something may have changed. Any thread; returns at once. */
    public void wake() {
        loop.execute(() -> loop.schedule(LIST, loop.ticker().nanos() + GATHER_NANOS, this::list));
    }

    private void list() {
        loop.assertInLoop();
        try {
            Map<String, Configured> listed = configurations.list();
            state = state.with(listed);
            publish(state.contents());
        } catch (IOException fault) {
            LOG.warn("the configurations cannot be listed ({}); trying again", fault.getMessage());
            loop.schedule(LIST, loop.ticker().nanos() + RETRY_NANOS, this::list);
        }
    }

    private void publish(Contents contents) {
        IntentFragment before = fragment.current();
        IntentFragment next =
                new IntentFragment(id, before.generation(), true, contents.objects(), contents.problems());
        if (!next.equals(before)) {
            next.problems().stream()
                    .filter(problem -> !before.problems().contains(problem))
                    .forEach(problem -> LOG.warn(
                            "{} {}: {} [{}]",
                            problem.place().document(),
                            problem.place().path(),
                            problem.text(),
                            problem.code()));
            fragment.set(new IntentFragment(id, before.generation() + 1, true, next.objects(), next.problems()));
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public IntentFragment current() {
        return fragment.current();
    }

    @Override
    public Registration observe(Consumer<? super IntentFragment> observer) {
        return fragment.observe(observer);
    }

    /** Ends the loop. The last fragment stays readable. */
    @Override
    public void close() {
        loop.close();
    }
}
