package org.heraldlb.bgp.speaker;

/** What a transport may lack. */
public enum Feature {
    MD5("TCP MD5 (password)"),
    TTL("a TTL of its own (direct external peers, ttlSecurity)"),
    DEVICE("binding to a device (vrf, interface)");

    private final String text;

    Feature(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
