package org.heraldlb.k8swebhook.certificate;

import java.time.Duration;
import java.util.List;

/**
 * What certificates should be.
 *
 * @param names DNS names and addresses of the server; at least one
 * @param servingLife of the server's certificate
 * @param authorityLife of an authority; at least four times as long
 * @param settle an authority signs nothing before everyone has had this long to learn of it
 */
public record Policy(List<String> names, Duration servingLife, Duration authorityLife, Duration settle) {

    private static final Duration LONGEST_SETTLE = Duration.ofMinutes(5);
    private static final Duration LONGEST_BACKDATING = Duration.ofHours(1);
    private static final int PART = 10;
    private static final int SHORTEST_AUTHORITY = 4;

    public Policy {
        names = names.stream().map(Names::canonical).toList();
        if (names.isEmpty() || servingLife.isNegative() || servingLife.isZero()) {
            throw new IllegalArgumentException("a certificate has a name and a life");
        }
        Duration shortest = servingLife.multipliedBy(SHORTEST_AUTHORITY);
        authorityLife = authorityLife.compareTo(shortest) < 0 ? shortest : authorityLife;
    }

    /** With the pause that lives of these lengths allow. */
    public static Policy of(List<String> names, Duration servingLife, Duration authorityLife) {
        return new Policy(names, servingLife, authorityLife, shorter(servingLife.dividedBy(PART), LONGEST_SETTLE));
    }

    /** Certificates begin earlier than now: clocks differ. */
    Duration backdating(Duration life) {
        return shorter(life.dividedBy(PART), LONGEST_BACKDATING);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
