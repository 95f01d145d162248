package org.heraldlb.filesource.directory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.filesource.directory.FileState.Verdict;
import org.heraldlb.filesource.directory.Listing.Presence;

/**
 * What is known of the directory. Immutable: each look and each reading makes a new one.
 *
 * <p>A change, a removal included, counts once the file has looked the same for the settle time: so a half-written file
 * is not taken for a whole one, and a file that an editor moves away and writes anew is never gone. Changes that settle
 * at one moment act together: a renamed file keeps its objects throughout.
 */
public final class DirectoryState {

    /**
     * What to do after a look.
     *
     * @param next the state from now on
     * @param toRead names of the files to read now, each followed by {@link DirectoryState#read}
     */
    public record Step(DirectoryState next, List<String> toRead) {}

    private final Timing timing;
    private final SortedMap<String, FileState> files;
    private final Presence presence;
    private final String reason;
    private final boolean looked;

    private DirectoryState(
            Timing timing, SortedMap<String, FileState> files, Presence presence, String reason, boolean looked) {
        this.timing = timing;
        this.files = Collections.unmodifiableSortedMap(files);
        this.presence = presence;
        this.reason = reason;
        this.looked = looked;
    }

    /** Before the first look. */
    public static DirectoryState unknown(Timing timing) {
        return new DirectoryState(timing, new TreeMap<>(), Presence.PRESENT, "", false);
    }

    /** Takes in one look at the directory, at {@code nowNanos}; the same state when nothing is new. */
    public Step look(Listing listing, long nowNanos) {
        if (listing.presence() == Presence.UNREADABLE) {
            return new Step(with(files, listing, looked), List.of());
        }
        SortedMap<String, FileState> next = new TreeMap<>();
        List<String> toRead = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(files.keySet());
        names.addAll(listing.entries().keySet());
        for (String name : names) {
            FileState file = lookAt(name, listing, nowNanos);
            if (file.isSettled() || nowNanos - quietAt(file) < 0) {
                next.put(name, file);
            } else if (file.seen().type() == Entry.Type.FILE) {
                next.put(name, file);
                toRead.add(name);
            } else {
                keepWhatIsNoFile(name, file, next);
            }
        }
        return new Step(with(next, listing, true), toRead);
    }

    private DirectoryState with(SortedMap<String, FileState> next, Listing listing, boolean lookedNow) {
        if (next.equals(files)
                && presence == listing.presence()
                && reason.equals(listing.reason())
                && looked == lookedNow) {
            return this;
        }
        return new DirectoryState(timing, next, listing.presence(), listing.reason(), lookedNow);
    }

    private FileState lookAt(String name, Listing listing, long nowNanos) {
        Entry entry = listing.entries().getOrDefault(name, Entry.ABSENT);
        FileState known = files.get(name);
        if (known != null) {
            return known.look(entry, nowNanos);
        }
        boolean quietLong = !looked && (listing.old().contains(name) || entry.type() != Entry.Type.FILE);
        long quietSince = quietLong ? nowNanos - timing.settle().toNanos() : nowNanos;
        return FileState.appeared(entry, quietSince, nowNanos);
    }

    private long quietAt(FileState file) {
        return file.quietSinceNanos() + timing.settle().toNanos();
    }

    private void keepWhatIsNoFile(String name, FileState file, SortedMap<String, FileState> next) {
        switch (file.seen().type()) {
            case DANGLING ->
                next.put(name, file.judge(new Verdict(List.of(), false, List.of(DirectoryProblems.dangling(name)))));
            case SPECIAL ->
                next.put(name, file.judge(new Verdict(List.of(), false, List.of(DirectoryProblems.special(name)))));
            case UNREADABLE ->
                next.put(
                        name,
                        file.judge(file.keepAll(List.of(
                                DirectoryProblems.unreadable(name, file.seen().stamp())))));
            case ABSENT, FILE -> {}
        }
    }

    /** Takes in what came of reading {@code name}; a name that is not known any more is ignored. */
    public DirectoryState read(String name, Reading reading, long nowNanos) {
        FileState file = files.get(name);
        if (file == null) {
            return this;
        }
        SortedMap<String, FileState> next = new TreeMap<>(files);
        next.put(name, file.read(reading, nowNanos, timing.retry().toNanos()));
        return new DirectoryState(timing, next, presence, reason, looked);
    }

    /** How the file looked when it was seen last, {@link Entry#ABSENT} for an unknown name. */
    public Entry seen(String name) {
        FileState file = files.get(name);
        return file == null ? Entry.ABSENT : file.seen();
    }

    /** When to look again because of what is waiting; empty when nothing is. */
    public OptionalLong nextLookNanos() {
        OptionalLong next = OptionalLong.empty();
        for (FileState file : files.values()) {
            long at = quietAt(file);
            if (!file.isSettled() && (next.isEmpty() || at - next.getAsLong() < 0)) {
                next = OptionalLong.of(at);
            }
        }
        return next;
    }

    /** True when every file that is there has been read, or is never quiet long enough to be. */
    public boolean isComplete(long nowNanos) {
        return looked
                && files.values().stream().allMatch(file -> file.verdict().isPresent() || isRestless(file, nowNanos));
    }

    private boolean isRestless(FileState file, long nowNanos) {
        boolean failed = file.judged().isEmpty() && file.verdict().isPresent();
        return !file.isSettled()
                && !failed
                && file.seen().type() == Entry.Type.FILE
                && nowNanos - file.waitingSinceNanos() > timing.restless().toNanos();
    }

    /** What the files stand for, in the order of their names. */
    public Contents contents(String directory, long nowNanos) {
        Contents.Collector collector = new Contents.Collector();
        if (presence == Presence.MISSING) {
            collector.problem(DirectoryProblems.missingDirectory(directory));
        } else if (presence == Presence.UNREADABLE) {
            collector.problem(DirectoryProblems.unreadableDirectory(directory, reason));
        }
        for (Map.Entry<String, FileState> file : files.entrySet()) {
            Verdict verdict = file.getValue().verdictOrNothing();
            verdict.objects().forEach(collector::object);
            verdict.problems().forEach(collector::problem);
            if (isRestless(file.getValue(), nowNanos)) {
                collector.problem(DirectoryProblems.restless(file.getKey()));
            }
        }
        return collector.contents();
    }
}
