package org.heraldlb.core.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ObjectRef;

/** Who has an object of which identity, and who wins. Not thread-safe. */
final class Claims {

    /** @param rank place of the source in the order of precedence, 0 first */
    private record Claim(int rank, ConfigObject object) {}

    private final Map<ObjectRef, List<Claim>> claims = new HashMap<>();
    private final SortedMap<ObjectRef, Problem> duplicates = new TreeMap<>();

    /** Takes the claim of {@code rank} away, or replaces it when {@code object} is not null. */
    void set(ObjectRef ref, int rank, ConfigObject object) {
        List<Claim> next = new ArrayList<>(claims.getOrDefault(ref, List.of()));
        next.removeIf(claim -> claim.rank() == rank);
        if (object != null) {
            next.add(new Claim(rank, object));
            next.sort(Comparator.comparingInt(Claim::rank));
        }
        if (next.isEmpty()) {
            claims.remove(ref);
        } else {
            claims.put(ref, List.copyOf(next));
        }
        noteDuplicate(ref, next);
    }

    private void noteDuplicate(ObjectRef ref, List<Claim> present) {
        if (present.size() < 2) {
            duplicates.remove(ref);
            return;
        }
        ConfigObject winner = present.get(0).object();
        ConfigObject loser = present.get(1).object();
        duplicates.put(
                ref,
                Problem.error(
                                "duplicateObject",
                                ref.toString(),
                                loser.origin() + " is ignored: " + winner.origin() + " has the same object")
                        .at(loser.origin().document(), "metadata.name", ref.name())
                        .withFix("remove one of the two, or set source.precedence of the source that is to win"));
    }

    /** The object that counts, null when there is none. */
    ConfigObject winner(ObjectRef ref) {
        List<Claim> present = claims.get(ref);
        return present == null ? null : present.get(0).object();
    }

    Iterable<Problem> duplicates() {
        return duplicates.values();
    }
}
