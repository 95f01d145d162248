package org.heraldlb.bgp.packet;

import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/** MP_REACH_NLRI and MP_UNREACH_NLRI. What is wrong in here hides which routes are meant: the session ends. */
final class MultiprotocolReader {

    private static final int IPV6 = 16;

    private MultiprotocolReader() {}

    static PathAttribute reach(int flags, Reader value) throws BgpException {
        Octets raw = value.peekRest();
        Reader in = value.part(value.remaining(), BgpError.OPTIONAL_ATTRIBUTE, "MP_REACH_NLRI");
        Family family = new Family(in.u16("AFI"), in.u8("SAFI"));
        Reader hop = in.part(in.u8("next hop length"), "next hop");
        in.u8("reserved");
        if (!family.isKnown()) {
            return new PathAttribute.Unknown(flags, PathAttribute.MP_REACH, raw);
        }
        IpAddress first = first(family, hop);
        Optional<IpAddress> second =
                hop.isEmpty() ? Optional.empty() : Optional.of(hop.address(IpFamily.IPV6, "second next hop"));
        return new PathAttribute.MpReach(family, first, second, in.prefixes(family.ip()));
    }

    /** RFC 2545 section 3, RFC 8950 section 3: 4 bytes for IPv4 only, 16 or 32 for both. */
    private static IpAddress first(Family family, Reader hop) throws BgpException {
        int length = hop.remaining();
        boolean v4 = length == 4 && family.ip() == IpFamily.IPV4;
        if (!v4 && length != IPV6 && length != 2 * IPV6) {
            throw new BgpException(BgpError.OPTIONAL_ATTRIBUTE, "a next hop of " + length + " bytes in " + family);
        }
        return hop.address(v4 ? IpFamily.IPV4 : IpFamily.IPV6, "next hop");
    }

    static PathAttribute unreach(int flags, Reader value) throws BgpException {
        Octets raw = value.peekRest();
        Reader in = value.part(value.remaining(), BgpError.OPTIONAL_ATTRIBUTE, "MP_UNREACH_NLRI");
        Family family = new Family(in.u16("AFI"), in.u8("SAFI"));
        if (!family.isKnown()) {
            return new PathAttribute.Unknown(flags, PathAttribute.MP_UNREACH, raw);
        }
        return new PathAttribute.MpUnreach(family, in.prefixes(family.ip()));
    }
}
