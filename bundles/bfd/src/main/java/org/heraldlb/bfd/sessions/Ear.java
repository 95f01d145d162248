package org.heraldlb.bfd.sessions;

/** What a listener hears. */
enum Ear {
    /** RFC 5881. */
    SINGLE_HOP(Ports.SINGLE_HOP, "single hop"),
    /** RFC 5883. */
    MULTIHOP(Ports.MULTIHOP, "multihop"),
    /** What we sent to ourselves by way of a neighbour: RFC 5880 section 6.4, RFC 9747. */
    ECHO(Ports.ECHO, "echo");

    private final int port;
    private final String text;

    Ear(int port, String text) {
        this.port = port;
        this.text = text;
    }

    static Ear of(boolean multihop) {
        return multihop ? MULTIHOP : SINGLE_HOP;
    }

    int port() {
        return port;
    }

    /** For people. */
    String text() {
        return text;
    }

    /** The ear for peers that speak the other hop mode. */
    Ear other() {
        return this == SINGLE_HOP ? MULTIHOP : SINGLE_HOP;
    }
}
