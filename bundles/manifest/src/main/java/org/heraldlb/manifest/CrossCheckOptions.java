package org.heraldlb.manifest;

/**
 * Which rules hold between objects.
 *
 * @param mode who announces by BGP
 * @param resolveSecrets false: whoever announces looks secrets up itself, and their absence is not ours to report
 */
public record CrossCheckOptions(Mode mode, boolean resolveSecrets) {

    /** What the BGP announcer can do. */
    public enum Mode {
        /** Herald's own speaker: no restrictions. */
        HERALD,
        /** MetalLB's native mode, with its restrictions. */
        NATIVE,
        /** A single FRR instance: one router id, one AS for each VRF, no neighbour twice. */
        FRR
    }

    public static final CrossCheckOptions DEFAULT = new CrossCheckOptions(Mode.HERALD, true);

    public static CrossCheckOptions of(Mode mode) {
        return new CrossCheckOptions(mode, true);
    }
}
