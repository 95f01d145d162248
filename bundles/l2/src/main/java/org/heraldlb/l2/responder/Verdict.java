package org.heraldlb.l2.responder;

import org.heraldlb.l2.packet.Flaw;

/** What became of a frame, under the name that counters use. */
public enum Verdict {
    ANSWERED("answered"),
    /** An ARP reply, or a neighbour message other than a solicitation. */
    NOT_A_QUESTION("not_a_question"),
    /** For the MAC address of somebody else. */
    ETHERNET_DESTINATION("ethernet_destination"),
    /** About an address that we do not announce. */
    NOT_ANNOUNCED("not_announced"),
    /** About an address that we announce on other interfaces only. */
    OTHER_INTERFACE("other_interface"),
    /** About an address that is ours as soon as it is known that nobody else has it. */
    PROBING("probing"),
    /** About an address that would be ours, but somebody else has it. */
    YIELDED("yielded"),
    /** To be answered, but this node sees no majority. */
    NO_MAJORITY("no_majority"),
    /** To be answered, but this process was asleep and may not own the address any more. */
    STALE("stale"),
    /** To be answered, but there were too many of the kind. */
    RATE_LIMITED("rate_limited"),
    /** Somebody else says that an address of ours is his. */
    CONFLICT("conflict"),
    /** Somebody says that an address which we watch is his. */
    WATCHED("watched"),
    /** From ourselves, brought back by the network. */
    OWN_ECHO("own_echo"),
    /** From a MAC address that nobody can have. */
    BAD_SENDER("bad_sender"),
    TRUNCATED("truncated"),
    OVERSIZED("oversized"),
    VLAN_TAGGED("vlan_tagged"),
    OTHER_PROTOCOL("other_protocol"),
    BAD_FIELD("bad_field"),
    BAD_HOP_LIMIT("bad_hop_limit"),
    BAD_CHECKSUM("bad_checksum");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** For counters; never changes. */
    public String label() {
        return label;
    }

    static Verdict of(Flaw flaw) {
        return switch (flaw) {
            case NONE -> throw new IllegalArgumentException("no flaw, no verdict");
            case TRUNCATED -> TRUNCATED;
            case OVERSIZED -> OVERSIZED;
            case TAGGED -> VLAN_TAGGED;
            case OTHER_PROTOCOL -> OTHER_PROTOCOL;
            case BAD_FIELD -> BAD_FIELD;
            case BAD_HOP_LIMIT -> BAD_HOP_LIMIT;
            case BAD_CHECKSUM -> BAD_CHECKSUM;
        };
    }
}
