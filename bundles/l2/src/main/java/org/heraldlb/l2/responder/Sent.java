package org.heraldlb.l2.responder;

/** Why a frame left. */
public enum Sent {
    REPLY("reply"),
    /** Nobody asked: gratuitous ARP, unsolicited advertisement. */
    ANNOUNCEMENT("announcement"),
    /** Does anybody have the address that we want? */
    PROBE("probe"),
    /** Somebody else claimed the address. */
    DEFENCE("defence"),
    /** Does the right node answer? */
    QUESTION("question of the watchdog");

    private final String label;

    Sent(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
