package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Secret;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is edited in whatever order: what is accepted is consistent, and what works stays. */
class CrossCheckPropertyTest {

    private static final int STEPS = 120;

    /** Random documents out of a few names and values, so that they contradict each other often. */
    private static String document(Random random) {
        String name = "x" + random.nextInt(3);
        return switch (random.nextInt(9)) {
            case 0, 1 -> Fixture.pool(name, "{addresses: [" + range(random) + "]}");
            case 2 ->
                Fixture.ad(
                        name,
                        "{localPref: " + random.nextInt(2) + ", aggregationLength: " + pick(random, "32", "30", "28")
                                + ", "
                                + pick(
                                        random,
                                        "peers: [x0]",
                                        "communities: [a0]",
                                        "communities: [a1]",
                                        "ipAddressPools: [x1]")
                                + "}");
            case 3 ->
                Fixture.goodPeer(
                        name,
                        pick(
                                random,
                                "bfdProfile: x0",
                                "bfdProfile: x1",
                                "passwordSecret: {name: s}",
                                "routerID: 9.9.9.9"));
            case 4 -> Fixture.bfd(name, "{echoMode: " + random.nextBoolean() + "}");
            case 5 -> Fixture.community(name, "a" + random.nextInt(2), "1:" + random.nextInt(2));
            case 6 -> Fixture.secret("s", pick(random, "Opaque", "kubernetes.io/basic-auth"), "password");
            case 7 ->
                Fixture.doc(
                        "heraldlb.org/v1",
                        "Reservation",
                        name,
                        "{service: a, addresses: [10.0.0." + random.nextInt(3) + "]}");
            default -> Fixture.l2(name, "{}");
        };
    }

    private static String range(Random random) {
        int first = random.nextInt(4) * 8;
        return random.nextInt(4) == 0
                ? "\"fd00::" + first + "/125\""
                : "10.0.0." + first + "/" + (27 + random.nextInt(4));
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void randomHistoriesKeepEveryInvariant(long seed) {
        Random random = new Random(seed);
        CrossCheckOptions options = CrossCheckOptions.of(Mode.values()[(int) (seed % 3)]);
        Map<ObjectRef, ConfigObject> wanted = new HashMap<>();
        List<ConfigObject> accepted = List.of();
        for (int step = 0; step < STEPS; step++) {
            edit(wanted, random);
            List<ConfigObject> candidates = new ArrayList<>(wanted.values());
            Checked checked = CrossCheck.check(candidates, accepted, options);
            String where = "seed " + seed + ", step " + step;
            consistent(checked, options, where);
            fromSomewhere(checked, wanted, accepted, where);
            Collections.shuffle(candidates, random);
            Checked shuffled = CrossCheck.check(candidates, accepted, options);
            assertThat(shuffled.problems()).as(where).isEqualTo(checked.problems());
            assertThat(shuffled.accepted()).as(where).containsExactlyInAnyOrderElementsOf(checked.accepted());
            accepted = checked.accepted();
        }
    }

    private static void edit(Map<ObjectRef, ConfigObject> wanted, Random random) {
        if (random.nextInt(4) == 0 && !wanted.isEmpty()) {
            List<ObjectRef> refs = new ArrayList<>(wanted.keySet());
            Collections.sort(refs);
            wanted.remove(refs.get(random.nextInt(refs.size())));
            return;
        }
        Fixture.parse(document(random)).objects().forEach(object -> wanted.put(object.ref(), object));
    }

    /** What was accepted is accepted again, as a whole, with and without a past; no address is in two pools. */
    private static void consistent(Checked checked, CrossCheckOptions options, String where) {
        Checked again = CrossCheck.check(checked.accepted(), checked.accepted(), options);
        assertThat(again.problems()).as(where).isEmpty();
        assertThat(again.accepted()).as(where).isEqualTo(checked.accepted());
        assertThat(CrossCheck.check(checked.accepted(), List.of(), options).problems())
                .as(where)
                .isEmpty();
        List<IpPrefix> prefixes = new ArrayList<>();
        for (ConfigObject object : checked.accepted()) {
            if (object instanceof AddressPool pool) {
                pool.entries().forEach(entry -> prefixes.addAll(entry.prefixes()));
            }
        }
        for (int i = 0; i < prefixes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(prefixes.get(i).overlaps(prefixes.get(j))).as(where).isFalse();
            }
        }
    }

    /** Every accepted object is wanted, or was accepted before; every refused one is explained. */
    private static void fromSomewhere(
            Checked checked, Map<ObjectRef, ConfigObject> wanted, List<ConfigObject> before, String where) {
        Map<ObjectRef, ConfigObject> now = new HashMap<>();
        for (ConfigObject object : checked.accepted()) {
            now.put(object.ref(), object);
            assertThat(object.equals(wanted.get(object.ref())) || before.contains(object))
                    .as("%s: %s", where, object.ref())
                    .isTrue();
        }
        wanted.forEach((ref, object) -> {
            if (!object.equals(now.get(ref)) && !(object instanceof Secret)) {
                assertThat(checked.problems()).as("%s: %s", where, ref).anyMatch(problem -> problem.subject()
                        .equals(ref.toString()));
            }
        });
    }
}
