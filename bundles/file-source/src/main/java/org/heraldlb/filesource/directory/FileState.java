package org.heraldlb.filesource.directory;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;

/**
 * What is known of one file.
 *
 * @param seen the newest look at it
 * @param quietSinceNanos since when {@code seen} has not changed; a failed reading puts it ahead, to wait before the next
 * @param waitingSinceNanos since when {@code seen} is not what was judged last
 * @param judged the look that {@code verdict} is about; empty before the first verdict and when it must be read again
 * @param verdict what the file stands for
 */
record FileState(
        Entry seen, long quietSinceNanos, long waitingSinceNanos, Optional<Entry> judged, Optional<Verdict> verdict) {

    /**
     * What a file stands for.
     *
     * @param objects in force
     * @param wasGood true when {@code objects} are all the objects of a file without errors
     * @param problems of the newest reading
     */
    record Verdict(List<ConfigObject> objects, boolean wasGood, List<Problem> problems) {
        static final Verdict NOTHING = new Verdict(List.of(), false, List.of());
    }

    static FileState appeared(Entry seen, long quietSinceNanos, long nowNanos) {
        return new FileState(seen, quietSinceNanos, nowNanos, Optional.empty(), Optional.empty());
    }

    /** The same file after another look. */
    FileState look(Entry now, long nowNanos) {
        if (now.equals(seen)) {
            return this;
        }
        return new FileState(now, nowNanos, isSettled() ? nowNanos : waitingSinceNanos, judged, verdict);
    }

    /** The verdict is about what is there now. */
    boolean isSettled() {
        return judged.filter(seen::equals).isPresent();
    }

    Verdict verdictOrNothing() {
        return verdict.orElse(Verdict.NOTHING);
    }

    /** After a reading of {@link #seen()}. */
    FileState read(Reading reading, long nowNanos, long retryNanos) {
        return switch (reading.outcome()) {
            case GOOD -> judge(new Verdict(reading.objects(), true, reading.problems()));
            case BAD -> judge(keepGood(reading));
            case FAILED ->
                new FileState(
                        seen,
                        nowNanos + retryNanos,
                        waitingSinceNanos,
                        Optional.empty(),
                        Optional.of(keepAll(reading.problems())));
            case OVERTAKEN -> new FileState(seen, nowNanos, waitingSinceNanos, judged, verdict);
        };
    }

    /** A file that never was good has nothing to fall back to: its good documents are better than none. */
    private Verdict keepGood(Reading reading) {
        Verdict before = verdictOrNothing();
        return before.wasGood()
                ? keepAll(reading.problems())
                : new Verdict(reading.objects(), false, reading.problems());
    }

    FileState judge(Verdict next) {
        return new FileState(seen, quietSinceNanos, waitingSinceNanos, Optional.of(seen), Optional.of(next));
    }

    /** What was in force, with other problems. */
    Verdict keepAll(List<Problem> problems) {
        Verdict before = verdictOrNothing();
        return new Verdict(before.objects(), before.wasGood(), problems);
    }
}
