package org.heraldlb.filesource.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.filesource.directory.DirectoryState.Step;
import org.junit.jupiter.api.Test;

/** Tells the state a story of looks and readings. Time is in milliseconds and starts shortly before the clock wraps. */
final class DirectoryStateTest {

    private static final long START = Long.MAX_VALUE - Duration.ofMillis(50).toNanos();
    private static final Reading A = reading("a", "192.0.2.1/32");
    private static final Reading A2 = reading("a", "192.0.2.2/32");
    private static final Reading B = reading("b", "192.0.2.3/32");

    private final SortedMap<String, Entry> disk = new TreeMap<>();
    private DirectoryState state = DirectoryState.unknown(Timing.DEFAULT);
    private long millis;

    private static Reading reading(String name, String address) {
        return Reading.of(List.of(pool(name, address).build()), List.of());
    }

    private static Reading bad(String... goodPools) {
        List<ConfigObject> good = new ArrayList<>();
        Arrays.stream(goodPools)
                .forEach(name -> good.add(pool(name, "198.51.100.1/32").build()));
        return Reading.of(good, List.of(Problem.error("unknownField", "a.yaml#1", "no such field")));
    }

    private long nanos() {
        return START + Duration.ofMillis(millis).toNanos();
    }

    private List<String> look(Listing listing) {
        Step step = state.look(listing, nanos());
        state = step.next();
        return step.toRead();
    }

    private List<String> look() {
        return look(Listing.of(disk, Set.of()));
    }

    private void read(String name, Reading reading) {
        state = state.read(name, reading, nanos());
    }

    private void write(String name, String stamp) {
        disk.put(name, Entry.file(stamp));
    }

    /** Looks now and again once it is quiet, and reads what is to be read. */
    private void settle(Reading... readings) {
        look();
        millis += 100;
        List<String> names = look();
        assertThat(names).hasSameSizeAs(readings);
        for (int i = 0; i < readings.length; i++) {
            read(names.get(i), readings[i]);
        }
    }

    private Contents contents() {
        return state.contents("/etc/herald.d", nanos());
    }

    private List<String> pools() {
        return contents().objects().stream().map(ConfigObject::name).toList();
    }

    private List<String> codes() {
        return contents().problems().stream().map(Problem::code).toList();
    }

    private boolean isComplete() {
        return state.isComplete(nanos());
    }

    @Test
    void anEmptyDirectoryIsCompleteAtTheFirstLook() {
        assertThat(isComplete()).isFalse();
        assertThat(look()).isEmpty();
        assertThat(isComplete()).isTrue();
        assertThat(state.nextLookNanos()).isEmpty();
    }

    @Test
    void aFileIsReadOnceItHasBeenQuietForTheSettleTime() {
        write("a.yaml", "1");
        assertThat(look()).isEmpty();
        assertThat(state.nextLookNanos())
                .hasValue(nanos() + Duration.ofMillis(100).toNanos());
        millis += 99;
        assertThat(look()).isEmpty();
        millis += 1;
        assertThat(look()).containsExactly("a.yaml");
        assertThat(isComplete()).isFalse();
        read("a.yaml", A);
        assertThat(isComplete()).isTrue();
        assertThat(pools()).containsExactly("a");
        assertThat(look()).isEmpty();
        assertThat(state.nextLookNanos()).isEmpty();
    }

    @Test
    void aFileThatWasWrittenLongBeforeTheFirstLookIsReadAtOnce() {
        write("a.yaml", "1");
        write("b.yaml", "1");
        assertThat(look(Listing.of(disk, Set.of("b.yaml")))).containsExactly("b.yaml");
    }

    @Test
    void aFileThatIsMovedInLaterWithAnOldDateWaitsAllTheSame() {
        look();
        write("a.yaml", "1");
        assertThat(look(Listing.of(disk, Set.of("a.yaml")))).isEmpty();
    }

    @Test
    void eachChangeStartsTheSettleTimeAgain() {
        write("a.yaml", "1");
        look();
        millis += 60;
        write("a.yaml", "2");
        look();
        millis += 60;
        assertThat(look()).isEmpty();
        millis += 40;
        assertThat(look()).containsExactly("a.yaml");
    }

    @Test
    void aLookWithoutNewsIsTheSameState() {
        write("a.yaml", "1");
        settle(A);
        DirectoryState before = state;
        millis += 500;
        look();
        assertThat(state).isSameAs(before);
    }

    @Test
    void aBadFileKeepsItsLastGoodObjects() {
        write("a.yaml", "1");
        settle(A);
        write("a.yaml", "2");
        settle(bad("other"));
        assertThat(contents().objects()).isEqualTo(A.objects());
        assertThat(codes()).containsExactly("unknownField");
        write("a.yaml", "3");
        settle(bad());
        assertThat(contents().objects()).isEqualTo(A.objects());
        write("a.yaml", "4");
        settle(A2);
        assertThat(contents().objects()).isEqualTo(A2.objects());
        assertThat(codes()).isEmpty();
    }

    @Test
    void aFileThatNeverWasGoodGivesItsGoodDocuments() {
        write("a.yaml", "1");
        settle(bad("x", "y"));
        assertThat(pools()).containsExactly("x", "y");
        assertThat(isComplete()).isTrue();
        write("a.yaml", "2");
        settle(bad("y"));
        assertThat(pools()).containsExactly("y");
    }

    @Test
    void aWarningDoesNotMakeAFileBad() {
        write("a.yaml", "1");
        settle(Reading.of(A.objects(), List.of(Problem.warning("deprecated", "a", "old"))));
        write("a.yaml", "2");
        settle(Reading.of(B.objects(), List.of(Problem.warning("deprecated", "a", "old"))));
        assertThat(pools()).containsExactly("b");
        assertThat(codes()).containsExactly("deprecated");
    }

    @Test
    void otherFilesAreUnaffectedByABadOne() {
        write("a.yaml", "1");
        write("b.yaml", "1");
        settle(bad(), B);
        assertThat(pools()).containsExactly("b");
    }

    @Test
    void aRemovedFileLosesItsObjectsAfterTheSettleTime() {
        write("a.yaml", "1");
        settle(A);
        disk.clear();
        look();
        assertThat(pools()).containsExactly("a");
        millis += 100;
        look();
        assertThat(pools()).isEmpty();
        assertThat(state.nextLookNanos()).isEmpty();
    }

    @Test
    void aBadFileThatIsRemovedTakesItsProblemsAlong() {
        write("a.yaml", "1");
        settle(bad("x"));
        disk.clear();
        settle();
        assertThat(pools()).isEmpty();
        assertThat(codes()).isEmpty();
    }

    @Test
    void anEditorThatMovesTheFileAwayAndWritesItAnewNeverTakesItAway() {
        write("a.yaml", "1");
        settle(A);
        disk.clear();
        look();
        millis += 50;
        write("a.yaml", "2");
        look();
        assertThat(pools()).containsExactly("a");
        settle(A2);
        assertThat(contents().objects()).isEqualTo(A2.objects());
    }

    @Test
    void aFileThatComesBackAsItWasIsNotReadAgain() {
        write("a.yaml", "1");
        settle(A);
        disk.clear();
        look();
        millis += 50;
        write("a.yaml", "1");
        look();
        millis += 100;
        assertThat(look()).isEmpty();
        assertThat(state.nextLookNanos()).isEmpty();
        assertThat(pools()).containsExactly("a");
    }

    @Test
    void aRenamedFileKeepsItsObjectsThroughout() {
        write("a.yaml", "1");
        settle(A);
        disk.clear();
        write("b.yaml", "1");
        look();
        assertThat(pools()).containsExactly("a");
        millis += 100;
        assertThat(look()).containsExactly("b.yaml");
        read("b.yaml", A);
        assertThat(pools()).containsExactly("a");
        assertThat(codes()).isEmpty();
    }

    @Test
    void aReadingThatWasOvertakenCountsForNothing() {
        write("a.yaml", "1");
        settle(A);
        write("a.yaml", "2");
        settle(Reading.overtaken());
        assertThat(contents().objects()).isEqualTo(A.objects());
        write("a.yaml", "3");
        look();
        millis += 100;
        assertThat(look()).containsExactly("a.yaml");
    }

    @Test
    void aFailedReadingKeepsTheObjectsAndIsTriedAgainLater() {
        write("a.yaml", "1");
        settle(A);
        write("a.yaml", "2");
        settle(Reading.failed(DirectoryProblems.unreadable("a.yaml", "permission denied")));
        assertThat(pools()).containsExactly("a");
        assertThat(codes()).containsExactly("unreadableFile");
        millis += 1000;
        assertThat(look()).isEmpty();
        millis += 100;
        assertThat(look()).containsExactly("a.yaml");
        read("a.yaml", A2);
        assertThat(contents().objects()).isEqualTo(A2.objects());
        assertThat(codes()).isEmpty();
    }

    @Test
    void anUnreadableFileDoesNotHoldUpTheFirstSync() {
        write("a.yaml", "1");
        settle(Reading.failed(DirectoryProblems.unreadable("a.yaml", "permission denied")));
        assertThat(isComplete()).isTrue();
    }

    @Test
    void aFileThatCannotEvenBeLookedAtKeepsItsObjects() {
        write("a.yaml", "1");
        settle(A);
        disk.put("a.yaml", Entry.unreadable("permission denied"));
        settle();
        assertThat(pools()).containsExactly("a");
        assertThat(codes()).containsExactly("unreadableFile");
    }

    @Test
    void aDanglingLinkCountsAsRemoved() {
        write("a.yaml", "1");
        settle(A);
        disk.put("a.yaml", Entry.DANGLING);
        look();
        assertThat(pools()).containsExactly("a");
        settle();
        assertThat(pools()).isEmpty();
        assertThat(codes()).containsExactly("danglingLink");
    }

    @Test
    void whatIsNoRegularFileIsNeverRead() {
        disk.put("fifo.yaml", Entry.SPECIAL);
        assertThat(look()).isEmpty();
        assertThat(codes()).containsExactly("notAFile");
        assertThat(isComplete()).isTrue();
        millis += 500;
        assertThat(look()).isEmpty();
    }

    @Test
    void aFileThatKeepsChangingIsReportedAndKeepsItsLastGoodState() {
        write("a.yaml", "0");
        settle(A);
        for (int i = 1; i <= 102; i++) {
            write("a.yaml", "n" + i);
            millis += 50;
            assertThat(look()).isEmpty();
        }
        assertThat(pools()).containsExactly("a");
        assertThat(codes()).containsExactly("fileKeepsChanging");
        settle(A2);
        assertThat(codes()).isEmpty();
    }

    @Test
    void aNewFileThatKeepsChangingDoesNotHoldUpTheFirstSyncForEver() {
        for (int i = 0; i <= 100; i++) {
            write("a.yaml", "n" + i);
            look();
            assertThat(isComplete()).isFalse();
            millis += 50;
        }
        look();
        assertThat(isComplete()).isTrue();
    }

    @Test
    void theSameObjectInTwoFilesIsAProblemAndTheFirstByNameCounts() {
        write("b.yaml", "1");
        settle(A);
        write("a.yaml", "1");
        settle(A2);
        assertThat(contents().objects()).isEqualTo(A2.objects());
        assertThat(codes()).containsExactly("duplicateObject");
        disk.remove("a.yaml");
        settle();
        assertThat(contents().objects()).isEqualTo(A.objects());
        assertThat(codes()).isEmpty();
    }

    @Test
    void aMissingDirectoryIsAnEmptyOneWithAWarning() {
        look(Listing.missing());
        assertThat(isComplete()).isTrue();
        assertThat(codes()).containsExactly("missingDirectory");
        write("a.yaml", "1");
        settle(A);
        assertThat(codes()).isEmpty();
        assertThat(pools()).containsExactly("a");
    }

    @Test
    void aDirectoryThatIsDeletedTakesItsObjectsAlongAndARecreatedOneBringsThemBack() {
        write("a.yaml", "1");
        settle(A);
        look(Listing.missing());
        assertThat(pools()).containsExactly("a");
        millis += 100;
        look(Listing.missing());
        assertThat(pools()).isEmpty();
        write("a.yaml", "2");
        settle(A2);
        assertThat(contents().objects()).isEqualTo(A2.objects());
    }

    @Test
    void aDirectoryThatCannotBeReadChangesNothing() {
        write("a.yaml", "1");
        settle(A);
        look(Listing.unreadable("permission denied"));
        millis += 1000;
        look(Listing.unreadable("permission denied"));
        assertThat(pools()).containsExactly("a");
        assertThat(codes()).containsExactly("unreadableDirectory");
        look();
        assertThat(codes()).isEmpty();
    }

    @Test
    void aDirectoryThatNeverCouldBeReadIsNotSynced() {
        look(Listing.unreadable("permission denied"));
        assertThat(isComplete()).isFalse();
    }

    @Test
    void aReadingOfAFileThatIsGoneIsIgnored() {
        look();
        read("a.yaml", A);
        assertThat(pools()).isEmpty();
    }
}
