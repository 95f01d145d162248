package org.heraldlb.membership.codec;

/** Bytes that are no beat. Made often by whoever wants to, so without a stack. */
public final class MalformedBeat extends Exception {

    private final boolean otherVersion;

    MalformedBeat(String message, boolean otherVersion) {
        super(message, null, false, false);
        this.otherVersion = otherVersion;
    }

    /** True when the sender speaks another version of the format. */
    public boolean isOtherVersion() {
        return otherVersion;
    }
}
