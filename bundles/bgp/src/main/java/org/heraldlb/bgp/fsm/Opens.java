package org.heraldlb.bgp.fsm;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.heraldlb.bgp.packet.Capability;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Open;

/**
 * What we offer.
 *
 * @param as what we claim to be
 * @param holdSeconds 0 or 3 to 65535
 * @param families at least one
 * @param restart graceful restart: its time in seconds, 1 to 4095, empty for none
 * @param longLived how long the peer may keep our routes as a last resort after that (RFC 9494), seconds, 1 to 2^24-1;
 *     only with graceful restart
 * @param extendedNextHop offer IPv4 routes with IPv6 next hops
 * @param role by RFC 9234
 */
public record Opens(
        long as,
        int holdSeconds,
        List<Family> families,
        OptionalInt restart,
        OptionalInt longLived,
        boolean extendedNextHop,
        OptionalInt role) {

    private static final int MAX_AS16 = 0xffff;

    public Opens {
        families = List.copyOf(families);
    }

    /** Without long-lived graceful restart. */
    public Opens(
            long as,
            int holdSeconds,
            List<Family> families,
            OptionalInt restart,
            boolean extendedNextHop,
            OptionalInt role) {
        this(as, holdSeconds, families, restart, OptionalInt.empty(), extendedNextHop, role);
    }

    /**
     * @param identifier router id
     * @param restarted R bit: this is the first session since we started (RFC 4724 section 3)
     */
    public Open open(int identifier, boolean restarted) {
        List<Capability> capabilities = new ArrayList<>();
        families.forEach(family -> capabilities.add(new Capability.Multiprotocol(family)));
        capabilities.add(new Capability.Refresh());
        if (extendedNextHop && families.contains(Family.IPV4_UNICAST)) {
            capabilities.add(new Capability.ExtendedNextHop(
                    List.of(new Capability.ExtendedNextHop.Entry(Family.IPV4_UNICAST, Family.IPV6_UNICAST.afi()))));
        }
        capabilities.add(new Capability.ExtendedMessage());
        role.ifPresent(number -> capabilities.add(new Capability.Role(number)));
        restart.ifPresent(seconds -> capabilities.add(graceful(seconds, restarted)));
        if (restart.isPresent()) {
            longLived.ifPresent(seconds -> capabilities.add(longLived(seconds)));
        }
        capabilities.add(new Capability.FourOctetAs(as));
        capabilities.add(new Capability.EnhancedRefresh());
        return new Open(as > MAX_AS16 ? Open.AS_TRANS : (int) as, holdSeconds, identifier, capabilities);
    }

    private Capability longLived(int seconds) {
        return new Capability.LongLivedGracefulRestart(families.stream()
                .map(family -> new Capability.LongLivedGracefulRestart.Entry(family, true, seconds))
                .toList());
    }

    /** The F bit is set: what forwards to the addresses is the kernel, which goes on while we restart. */
    private Capability graceful(int seconds, boolean restarted) {
        List<Capability.GracefulRestart.Entry> entries = families.stream()
                .map(family -> new Capability.GracefulRestart.Entry(family, true))
                .toList();
        return new Capability.GracefulRestart(restarted, true, seconds, entries);
    }
}
