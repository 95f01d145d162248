package org.heraldlb.core.election;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * MetalLB's order of nodes for one address: by SHA-256 of {@code node#address}, bytes ascending, unsigned. Nodes are
 * indexes into the list given to {@link Nodes#of}. Not thread-safe (it owns a digest); cheap to make.
 */
public final class HashOrder {

    private static final int DIGEST_BYTES = 32;
    private static final int LONGEST_ADDRESS = 45;

    /** The nodes of an order, prepared for hashing. Immutable. */
    public static final class Nodes {
        private final byte[][] prefixes;
        private final int longest;

        private Nodes(byte[][] prefixes) {
            this.prefixes = prefixes;
            this.longest = Arrays.stream(prefixes)
                    .mapToInt(prefix -> prefix.length)
                    .max()
                    .orElse(0);
        }

        public static Nodes of(List<String> names) {
            return new Nodes(names.stream()
                    .map(name -> (name + "#").getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new));
        }
    }

    private final Nodes nodes;
    private final MessageDigest digest = sha256();
    private final byte[] input;
    private final byte[] output = new byte[DIGEST_BYTES];

    public HashOrder(Nodes nodes) {
        this.nodes = nodes;
        this.input = new byte[nodes.longest + LONGEST_ADDRESS];
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    /**
     * The winner among {@code candidates}, -1 when there are none. Costs one hash for each candidate.
     *
     * @param address canonical text
     */
    public int first(int[] candidates, String address) {
        byte[] text = ascii(address);
        int best = -1;
        long bestHash = 0;
        for (int candidate : candidates) {
            long hash = hash(candidate, text);
            if (best < 0 || before(candidate, hash, best, bestHash, text)) {
                best = candidate;
                bestHash = hash;
            }
        }
        return best;
    }

    /**
     * Whether {@code node} wins among {@code candidates}, of which it must be one. Stops at the first node that beats it:
     * among n nodes that costs about ln n hashes, where {@link #first} costs n.
     */
    public boolean isFirst(int node, int[] candidates, String address) {
        byte[] text = ascii(address);
        long own = hash(node, text);
        for (int candidate : candidates) {
            if (candidate != node && before(candidate, hash(candidate, text), node, own, text)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The winner when {@code node} comes second, -1 when it wins or comes later. Stops at the second node that beats it:
     * costs about twice what {@link #isFirst} costs.
     */
    public int onlyBetter(int node, int[] candidates, String address) {
        byte[] text = ascii(address);
        long own = hash(node, text);
        int better = -1;
        for (int candidate : candidates) {
            if (candidate != node && before(candidate, hash(candidate, text), node, own, text)) {
                if (better >= 0) {
                    return -1;
                }
                better = candidate;
            }
        }
        return better;
    }

    /** The first {@code count} of all nodes, or all when there are fewer. Costs one hash for each node. */
    public int[] top(int count, String address) {
        byte[] text = ascii(address);
        int[] best = new int[Math.min(count, nodes.prefixes.length)];
        long[] hashes = new long[best.length];
        int size = 0;
        for (int node = 0; node < nodes.prefixes.length; node++) {
            long hash = hash(node, text);
            int at = size;
            while (at > 0 && before(node, hash, best[at - 1], hashes[at - 1], text)) {
                at--;
            }
            if (at < best.length) {
                size = Math.min(size + 1, best.length);
                System.arraycopy(best, at, best, at + 1, size - at - 1);
                System.arraycopy(hashes, at, hashes, at + 1, size - at - 1);
                best[at] = node;
                hashes[at] = hash;
            }
        }
        return best;
    }

    /** All of {@code candidates}, the winner first. */
    public int[] sorted(int[] candidates, String address) {
        byte[] text = ascii(address);
        return Arrays.stream(candidates)
                .mapToObj(node -> new Hashed(node, full(node, text)))
                .sorted(Comparator.comparing(Hashed::hash, Arrays::compareUnsigned))
                .mapToInt(Hashed::node)
                .toArray();
    }

    private record Hashed(int node, byte[] hash) {}

    /** The first 8 bytes of the node's hash, in hex. */
    public String hex(int node, String address) {
        return HexFormat.of().toHexDigits(hash(node, ascii(address)));
    }

    private boolean before(int left, long leftHash, int right, long rightHash, byte[] text) {
        int byStart = Long.compareUnsigned(leftHash, rightHash);
        return byStart != 0 ? byStart < 0 : Arrays.compareUnsigned(full(left, text), full(right, text)) < 0;
    }

    private long hash(int node, byte[] text) {
        digest(node, text);
        return ByteBuffer.wrap(output).getLong();
    }

    private byte[] full(int node, byte[] text) {
        digest(node, text);
        return output.clone();
    }

    private void digest(int node, byte[] text) {
        byte[] prefix = nodes.prefixes[node];
        System.arraycopy(prefix, 0, input, 0, prefix.length);
        System.arraycopy(text, 0, input, prefix.length, text.length);
        digest.update(input, 0, prefix.length + text.length);
        try {
            digest.digest(output, 0, DIGEST_BYTES);
        } catch (DigestException impossible) {
            throw new AssertionError("the buffer has the digest's length", impossible);
        }
    }

    private static byte[] ascii(String address) {
        return address.getBytes(StandardCharsets.ISO_8859_1);
    }
}
