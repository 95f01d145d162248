package org.heraldlb.bgp.fsm;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Capability;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.Octets;
import org.heraldlb.bgp.packet.Open;
import org.heraldlb.bgp.packet.WireContext;

/**
 * What two OPENs agree on.
 *
 * @param ours what we said
 * @param theirs what the peer said
 * @param families spoken by both, never empty
 * @param holdSeconds the lower of the two, 0: no keepalives
 * @param context for the messages that follow
 */
public record Negotiated(Open ours, Open theirs, Set<Family> families, int holdSeconds, WireContext context) {

    public Negotiated {
        families = Set.copyOf(families);
    }

    /** @throws BgpException 2/7 when no family is common */
    public static Negotiated of(Open ours, Open theirs) throws BgpException {
        Set<Family> families = families(ours);
        families.retainAll(families(theirs));
        if (families.isEmpty()) {
            byte[] wanted = MessageCodec.encode(new Open(0, 0, 0, ours.capabilities()), WireContext.INITIAL);
            // RFC 5492 section 5: the Data field lists the capabilities that we miss, as an OPEN would.
            int start = Math.min(wanted.length, MessageCodec.HEADER + 12);
            throw new BgpException(
                    BgpError.UNSUPPORTED_CAPABILITY,
                    Octets.copy(wanted, start, wanted.length),
                    "the peer offers none of our address families");
        }
        boolean wide = both(ours, theirs, Capability.ExtendedMessage.class);
        WireContext context = new WireContext(
                both(ours, theirs, Capability.FourOctetAs.class),
                wide ? WireContext.EXTENDED_MAX_LENGTH : WireContext.MAX_LENGTH,
                ours.as() == theirs.as());
        return new Negotiated(ours, theirs, families, Math.min(ours.holdSeconds(), theirs.holdSeconds()), context);
    }

    /** A speaker that names no family speaks IPv4 unicast (RFC 4760 section 8). */
    private static Set<Family> families(Open open) {
        Set<Family> families = new LinkedHashSet<>();
        open.capabilities().stream()
                .filter(Capability.Multiprotocol.class::isInstance)
                .map(mp -> ((Capability.Multiprotocol) mp).family())
                .forEach(families::add);
        if (families.isEmpty()) {
            families.add(Family.IPV4_UNICAST);
        }
        return families;
    }

    private static boolean both(Open ours, Open theirs, Class<? extends Capability> kind) {
        return ours.has(kind) && theirs.has(kind);
    }

    public boolean internal() {
        return context.internal();
    }

    /** The peer takes IPv4 routes with an IPv6 next hop (RFC 8950), and we said that we send them. */
    public boolean extendedNextHop() {
        return extendedNextHop(ours) && extendedNextHop(theirs);
    }

    private static boolean extendedNextHop(Open open) {
        Capability.ExtendedNextHop.Entry wanted =
                new Capability.ExtendedNextHop.Entry(Family.IPV4_UNICAST, Family.IPV6_UNICAST.afi());
        return open.find(Capability.ExtendedNextHop.class)
                .filter(next -> next.entries().contains(wanted))
                .isPresent();
    }

    public boolean enhancedRefresh() {
        return both(ours, theirs, Capability.EnhancedRefresh.class);
    }

    /** What the peer said about graceful restart, when both said something. */
    public Optional<Capability.GracefulRestart> gracefulRestart() {
        return ours.has(Capability.GracefulRestart.class)
                ? theirs.find(Capability.GracefulRestart.class)
                : Optional.empty();
    }

    /** Both set the N bit (RFC 8538): a NOTIFICATION is treated as a restart, unless it is a hard reset. */
    public boolean notificationsRestart() {
        return gracefulRestart()
                        .filter(Capability.GracefulRestart::notification)
                        .isPresent()
                && ours.find(Capability.GracefulRestart.class)
                        .filter(Capability.GracefulRestart::notification)
                        .isPresent();
    }
}
