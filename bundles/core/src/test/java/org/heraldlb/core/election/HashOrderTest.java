package org.heraldlb.core.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashOrderTest {

    private static final List<String> NODES =
            IntStream.range(0, 40).mapToObj(i -> "node-" + i).toList();

    private static String hash(String node, String address) {
        try {
            byte[] input = (node + "#" + address).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void aKnownHash() {
        HashOrder order = new HashOrder(HashOrder.Nodes.of(List.of("iris1")));

        assertThat(order.hex(0, "10.20.30.1"))
                .isEqualTo(hash("iris1", "10.20.30.1").substring(0, 16));
    }

    @Test
    void amongNobodyNobodyWins() {
        assertThat(new HashOrder(HashOrder.Nodes.of(List.of())).first(new int[0], "10.0.0.1"))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void firstSortedAndIsFirstAgreeWithTheRule(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HashOrder order = new HashOrder(HashOrder.Nodes.of(NODES));
        for (int round = 0; round < 200; round++) {
            int[] candidates = random.ints(1 + random.nextInt(20), 0, NODES.size())
                    .distinct()
                    .toArray();
            String address = random.nextInt(2) == 0
                    ? "10.0." + random.nextInt(256) + "." + random.nextInt(256)
                    : "fd00::" + Integer.toHexString(random.nextInt(0xffff) + 1);
            int[] expected = IntStream.of(candidates)
                    .boxed()
                    .sorted(Comparator.comparing((Integer node) -> hash(NODES.get(node), address)))
                    .mapToInt(Integer::intValue)
                    .toArray();

            assertThat(order.sorted(candidates, address)).as("seed %s", seed).containsExactly(expected);
            assertThat(order.first(candidates, address)).isEqualTo(expected[0]);
            for (int node : candidates) {
                assertThat(order.isFirst(node, candidates, address)).isEqualTo(node == expected[0]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 40, 60})
    void topIsTheBeginningOfTheOrder(int count) {
        HashOrder order = new HashOrder(HashOrder.Nodes.of(NODES));
        int[] all = IntStream.range(0, NODES.size()).toArray();
        for (int i = 1; i < 60; i++) {
            String address = "192.0.2." + i;
            assertThat(order.top(count, address))
                    .containsExactly(IntStream.of(order.sorted(all, address))
                            .limit(count)
                            .toArray());
        }
    }

    @Test
    void namesOfAnyLengthAndScriptWork() {
        List<String> names = List.of("a", "ü".repeat(100), "x".repeat(253));
        HashOrder order = new HashOrder(HashOrder.Nodes.of(names));

        assertThat(order.hex(1, "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"))
                .isEqualTo(hash(names.get(1), "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255")
                        .substring(0, 16));
    }
}
