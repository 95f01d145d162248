package org.heraldlb.filesource.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.filesource.directory.Contents;
import org.heraldlb.filesource.directory.DirectoryState;
import org.heraldlb.filesource.directory.DirectoryState.Step;
import org.heraldlb.filesource.directory.Entry;
import org.heraldlb.filesource.directory.Reading;
import org.heraldlb.filesource.directory.Timing;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intents of a directory of documents. It looks at the directory when the watch says so, and every poll period
 * because on network and overlay file systems the watch may say nothing; a look costs one system call for each file.
 */
public final class FileSource implements IntentSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);
    private static final String LOOK = "look";
    /** A burst of signals makes one look. */
    private static final long GATHER_NANOS = Duration.ofMillis(5).toNanos();
    /** However busy the directory is, no more looks than this. */
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * @param id of the source
     * @param directory to look at; need not exist
     * @param poll period of the looks without a signal, positive
     * @param timing how patient
     */
    public record Settings(String id, Path directory, Duration poll, Timing timing) {
        public Settings {
            if (id.isBlank() || poll.isNegative() || poll.isZero()) {
                throw new IllegalArgumentException("a file source needs an id and a positive poll period");
            }
        }
    }

    private final Settings settings;
    private final DirectoryReader reader;
    private final EventLoop loop;
    private final SnapshotCell<IntentFragment> fragment;
    private final Watch watch;
    private DirectoryState state;

    private FileSource(Settings settings, DirectoryReader reader, EventLoop loop, Function<Runnable, Watch> watch) {
        this.settings = settings;
        this.reader = reader;
        this.loop = loop;
        this.fragment = new SnapshotCell<>(IntentFragment.unsynced(settings.id()));
        this.state = DirectoryState.unknown(settings.timing());
        this.watch = watch.apply(() -> loop.execute(this::lookSoon));
    }

    /**
     * Starts looking. The source owns {@code loop} from here on.
     *
     * @param watch makes the watch that calls the given signal
     */
    public static FileSource start(
            Settings settings, DirectoryReader reader, EventLoop loop, Function<Runnable, Watch> watch) {
        FileSource source = new FileSource(settings, reader, loop, watch);
        loop.execute(source::look);
        return source;
    }

    private void lookSoon() {
        loop.schedule(LOOK, loop.ticker().nanos() + GATHER_NANOS, this::look);
    }

    private void look() {
        loop.assertInLoop();
        long now = loop.ticker().nanos();
        loop.reschedule(LOOK, now + settings.poll().toNanos(), this::look);
        // Watch first: what changes after the listing is signalled then.
        watch.follow(settings.directory());
        Step step = state.look(
                reader.list(loop.ticker().wallClock().minus(settings.timing().settle())), now);
        boolean news = step.next() != state || step.next().nextLookNanos().isPresent();
        state = step.next();
        if (news) {
            // A task for each: a file that trips the parser stops neither the others nor what follows.
            step.toRead().forEach(name -> loop.execute(() -> read(name)));
            loop.execute(this::publish);
        }
    }

    private void read(String name) {
        Entry seen = state.seen(name);
        if (seen.type() == Entry.Type.FILE) {
            Reading reading = reader.read(name, seen);
            reading.problems().forEach(problem -> LOG.debug("{}: {}", name, problem.text()));
            state = state.read(name, reading, loop.ticker().nanos());
        }
    }

    private void publish() {
        long now = loop.ticker().nanos();
        Contents contents = state.contents(settings.directory().toString(), now);
        IntentFragment before = fragment.current();
        boolean synced = before.synced() || state.isComplete(now);
        IntentFragment next =
                new IntentFragment(settings.id(), before.generation(), synced, contents.objects(), contents.problems());
        if (!next.equals(before)) {
            fragment.set(new IntentFragment(
                    next.source(), before.generation() + 1, synced, next.objects(), next.problems()));
            FileSourceLog.published(before, next);
        }
        OptionalLong waiting = state.nextLookNanos();
        if (waiting.isPresent()) {
            long pause = Math.max(waiting.getAsLong() - now, PAUSE_NANOS);
            loop.schedule(LOOK, now + pause, this::look);
        }
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public IntentFragment current() {
        return fragment.current();
    }

    @Override
    public Registration observe(Consumer<? super IntentFragment> observer) {
        return fragment.observe(observer);
    }

    /** Ends the watch and the loop. The last fragment stays readable. */
    @Override
    public void close() {
        watch.close();
        loop.close();
    }
}
