package org.heraldlb.bfd.sessions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Gives out discriminators that nobody can guess (RFC 5880 section 6.3), none twice before a thousand others. */
final class Discriminators {

    private static final int REMEMBERED = 1024;

    private final RandomGenerator random;
    private final Set<Integer> taken = new HashSet<>();
    private final Deque<Integer> retired = new ArrayDeque<>();

    Discriminators(RandomGenerator random) {
        this.random = random;
    }

    /** Not 0. */
    int next() {
        int candidate = random.nextInt();
        while (candidate == 0 || !taken.add(candidate)) {
            candidate = random.nextInt();
        }
        return candidate;
    }

    /** Takes one that a predecessor gave out. */
    int keep(int discriminator) {
        taken.add(discriminator);
        return discriminator;
    }

    /** Its session is over: packets to it may still be under way. */
    void retire(int discriminator) {
        retired.addLast(discriminator);
        if (retired.size() > REMEMBERED) {
            taken.remove(retired.removeFirst());
        }
    }
}
