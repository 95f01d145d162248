package org.heraldlb.bgp.packet;

import java.util.List;
import java.util.Optional;

/**
 * RFC 4271 section 4.2.
 *
 * @param as16 My Autonomous System, 16 bits; {@link #AS_TRANS} when the real one does not fit
 * @param holdSeconds 0 to 65535
 * @param identifier 32 bits (RFC 6286: any number but 0)
 * @param capabilities in the sender's order
 */
public record Open(int as16, int holdSeconds, int identifier, List<Capability> capabilities) implements Message {

    /** RFC 6793 section 9. */
    public static final int AS_TRANS = 23456;

    public Open {
        capabilities = List.copyOf(capabilities);
    }

    /** The real AS: that of the four-octet capability where it is there. */
    public long as() {
        return find(Capability.FourOctetAs.class)
                .map(Capability.FourOctetAs::as)
                .orElse((long) as16);
    }

    /** The first capability of a kind. */
    public <T extends Capability> Optional<T> find(Class<T> kind) {
        return capabilities.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    public boolean has(Class<? extends Capability> kind) {
        return capabilities.stream().anyMatch(kind::isInstance);
    }

    @Override
    public int type() {
        return TYPE_OPEN;
    }
}
