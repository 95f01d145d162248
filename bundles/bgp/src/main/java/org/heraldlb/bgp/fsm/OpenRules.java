package org.heraldlb.bgp.fsm;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.heraldlb.api.intent.Peer.DynamicAs;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Capability;
import org.heraldlb.bgp.packet.MessageText;
import org.heraldlb.bgp.packet.Octets;
import org.heraldlb.bgp.packet.Open;

/**
 * What the peer's OPEN must be like (RFC 4271 section 6.2).
 *
 * @param localAs what we claim to be
 * @param remoteAs what the peer must be; exactly one of this and {@code dynamic} is present
 * @param dynamic any AS that is (not) ours
 * @param role ours, by RFC 9234
 */
public record OpenRules(long localAs, OptionalLong remoteAs, Optional<DynamicAs> dynamic, OptionalInt role) {

    private static final int MIN_HOLD = 3;

    /** Roles that fit, by ours: provider-customer, RS-client, peer-peer (RFC 9234 section 4.2). */
    private static final int[] COUNTERPART = {3, 2, 1, 0, 4};

    /** @throws BgpException 2/2, 2/3, 2/6 or 2/11 */
    public void check(Open ours, Open theirs) throws BgpException {
        checkAs(theirs.as());
        boolean internal = theirs.as() == localAs;
        if (theirs.identifier() == 0 || internal && theirs.identifier() == ours.identifier()) {
            // RFC 6286 section 2.1: not zero, and unique within an AS.
            throw new BgpException(BgpError.BAD_IDENTIFIER, "identifier " + MessageText.dotted(theirs.identifier()));
        }
        if (theirs.holdSeconds() != 0 && theirs.holdSeconds() < MIN_HOLD) {
            throw new BgpException(BgpError.UNACCEPTABLE_HOLD_TIME, theirs.holdSeconds() + " s");
        }
        checkRole(theirs);
    }

    private void checkAs(long as) throws BgpException {
        boolean right = remoteAs.isPresent()
                ? as == remoteAs.getAsLong()
                : dynamic.filter(kind -> (kind == DynamicAs.INTERNAL) == (as == localAs))
                        .isPresent();
        // RFC 7607: nobody is AS 0.
        if (!right || as == 0) {
            String wanted = remoteAs.isPresent()
                    ? Long.toString(remoteAs.getAsLong())
                    : dynamic.map(kind -> kind == DynamicAs.INTERNAL ? "ours" : "any but ours")
                            .orElse("none");
            throw new BgpException(BgpError.BAD_PEER_AS, "the peer is AS " + as + ", configured is " + wanted);
        }
    }

    private void checkRole(Open theirs) throws BgpException {
        Optional<Capability.Role> their = theirs.find(Capability.Role.class);
        if (role.isPresent() && their.isPresent() && their.get().role() != COUNTERPART[role.getAsInt()]) {
            throw new BgpException(
                    BgpError.ROLE_MISMATCH,
                    Octets.EMPTY,
                    "our role is " + role.getAsInt() + ", the peer's is "
                            + their.get().role());
        }
    }
}
