package org.heraldlb.k8swebhook;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.SnapshotCell;

/**
 * What the parts of the webhook complain about, as a source of intents that wants nothing: so core hears it. Told from any
 * thread, kept by one loop.
 */
final class Complaints {

    private final EventLoop loop;
    private final SortedMap<String, Problem> problems = new TreeMap<>();
    private final SnapshotCell<IntentFragment> fragment;
    private final String source;

    Complaints(EventLoop loop, String source) {
        this.loop = loop;
        this.source = source;
        this.fragment = new SnapshotCell<>(new IntentFragment(source, 0, true, List.of(), List.of()));
    }

    /** Where {@code part} tells what is wrong, and that nothing is any more. */
    Consumer<Optional<Problem>> of(String part) {
        return problem -> loop.execute(() -> set(part, problem));
    }

    private void set(String part, Optional<Problem> problem) {
        problems.remove(part);
        problem.ifPresent(present -> problems.put(part, present));
        IntentFragment before = fragment.current();
        List<Problem> now = List.copyOf(problems.values());
        if (!now.equals(before.problems())) {
            fragment.set(new IntentFragment(source, before.generation() + 1, true, List.of(), now));
        }
    }

    SnapshotSource<IntentFragment> fragment() {
        return fragment;
    }
}
