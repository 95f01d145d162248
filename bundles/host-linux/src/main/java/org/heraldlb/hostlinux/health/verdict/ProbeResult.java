package org.heraldlb.hostlinux.health.verdict;

/**
 * What came of one try.
 *
 * @param success whether it passed
 * @param detail one line for people: why it failed, or what was answered
 */
public record ProbeResult(boolean success, String detail) {

    public static ProbeResult passed(String detail) {
        return new ProbeResult(true, detail);
    }

    public static ProbeResult failed(String detail) {
        return new ProbeResult(false, detail);
    }
}
