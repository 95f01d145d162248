package org.heraldlb.frr.speaker;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heraldlb.api.Problem;
import org.heraldlb.frr.config.Delta;

/** What FRR made of what it was told, and what others did to it. The loop's. */
final class Verdict {

    private static final int SHOWN = 3;

    private Delta told;
    private Delta failed;
    private List<String> refused = List.of();
    private List<String> refusedExtras = List.of();
    private String edited = "";
    private long editedAt;
    private long repairs;

    /** Everything is as it should be. */
    void asWanted() {
        failed = null;
        told = null;
        refused = List.of();
    }

    /** FRR takes what it is told, as far as is known. */
    boolean isFine() {
        return failed == null;
    }

    void told(Delta delta, List<String> refusedLines) {
        told = delta;
        // FRR says no to some lines that it takes all the same; what counts is what it runs then.
        refused = refusedLines;
    }

    void extras(List<String> refusedLines) {
        refusedExtras = refusedLines;
    }

    /**
     * The same difference again, right after it was told: FRR does not take it, and saying it louder is no use.
     *
     * @param checked the difference is to what FRR runs, not to what it should
     */
    boolean isKnownToFail(Delta delta, boolean checked) {
        if (delta.equals(failed)) {
            return true;
        }
        if (checked && delta.equals(told)) {
            failed = delta;
            FrrLog.refused(refused.isEmpty() ? all(delta).toList() : refused);
            return true;
        }
        return false;
    }

    void edited(Delta delta, long now) {
        repairs++;
        edited = lines(delta);
        editedAt = now;
        FrrLog.edited(all(delta).toList());
    }

    private static Stream<String> all(Delta delta) {
        return Stream.concat(delta.bgpd().stream(), delta.bfdd().stream())
                .filter(line -> !line.startsWith("exit"))
                .map(FrrLink::masked);
    }

    private static String lines(Delta delta) {
        return all(delta).limit(SHOWN).collect(Collectors.joining("; "));
    }

    long repairs() {
        return repairs;
    }

    Optional<Problem> problem(long now, long editedShownNanos) {
        if (failed != null) {
            String what = refused.isEmpty()
                    ? lines(failed)
                    : String.join("; ", refused.subList(0, Math.min(SHOWN, refused.size())));
            return Optional.of(Problem.error("frrRefused", "FRR", "it does not take: " + what)
                    .withFix("look into FRR's log, or announce by the native backend"));
        }
        if (!refusedExtras.isEmpty()) {
            return Optional.of(
                    Problem.warning("frrRefused", "extras of org.heraldlb.frr", String.join("; ", refusedExtras)));
        }
        if (!edited.isEmpty() && now - editedAt < editedShownNanos) {
            return Optional.of(
                    Problem.warning("frrEdited", "FRR", "our part was changed by hand and put back: " + edited)
                            .withFix("change BGPPeer and BGPAdvertisement instead"));
        }
        return Optional.empty();
    }
}
