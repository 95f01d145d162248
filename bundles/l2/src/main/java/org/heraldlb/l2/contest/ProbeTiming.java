package org.heraldlb.l2.contest;

import java.time.Duration;
import org.heraldlb.api.net.IpFamily;

/**
 * When probes are sent, in nanoseconds.
 *
 * @param delay the first one comes after a random part of this
 * @param count how many
 * @param min shortest time between two
 * @param max longest time between two
 * @param settle time after the last one in which an answer counts
 */
public record ProbeTiming(long delay, int count, long min, long max, long settle) {

    /** RFC 5227 section 1.1: PROBE_WAIT, PROBE_NUM, PROBE_MIN, PROBE_MAX, ANNOUNCE_WAIT. */
    public static final ProbeTiming ARP = new ProbeTiming(seconds(1), 3, seconds(1), seconds(2), seconds(2));

    /** RFC 4862 section 5.1: MAX_RTR_SOLICITATION_DELAY, DupAddrDetectTransmits, RetransTimer. */
    public static final ProbeTiming NDP = new ProbeTiming(seconds(1), 1, seconds(1), seconds(1), seconds(1));

    /** Of the protocol that the family uses. */
    public static ProbeTiming of(IpFamily family) {
        return family == IpFamily.IPV4 ? ARP : NDP;
    }

    private static long seconds(int number) {
        return Duration.ofSeconds(number).toNanos();
    }
}
