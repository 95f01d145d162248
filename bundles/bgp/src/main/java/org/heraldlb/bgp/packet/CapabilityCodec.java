package org.heraldlb.bgp.packet;

import java.util.ArrayList;
import java.util.List;

/** Capabilities as bytes. */
final class CapabilityCodec {

    private static final int FLAG_FORWARDING = 0x80;
    private static final int FLAG_RESTARTED = 0x8000;
    private static final int FLAG_NOTIFICATION = 0x4000;
    private static final int RESTART_TIME = 0x0fff;

    private CapabilityCodec() {}

    /** Reads capabilities until {@code in} is empty. */
    static void decodeAll(Reader in, List<Capability> into) throws BgpException {
        while (!in.isEmpty()) {
            int code = in.u8("capability code");
            Reader value = in.part(in.u8("capability length"), "capability " + code);
            into.add(decode(code, value));
        }
    }

    /**
     * A value of the wrong shape is kept as unknown and so has no effect: RFC 5492 section 5 has no subcode for it, and
     * ending the session over an extension would be the worse answer.
     */
    private static Capability decode(int code, Reader value) throws BgpException {
        Octets raw = value.peekRest();
        try {
            Capability known = decodeKnown(code, value);
            return value.isEmpty() && known != null ? known : new Capability.Unknown(code, raw);
        } catch (BgpException shape) {
            return new Capability.Unknown(code, raw);
        }
    }

    private static Capability decodeKnown(int code, Reader in) throws BgpException {
        return switch (code) {
            case Capability.MULTIPROTOCOL -> multiprotocol(in);
            case Capability.ROUTE_REFRESH -> new Capability.Refresh();
            case Capability.EXTENDED_NEXT_HOP -> extendedNextHop(in);
            case Capability.EXTENDED_MESSAGE -> new Capability.ExtendedMessage();
            case Capability.ROLE -> new Capability.Role(in.u8("role"));
            case Capability.GRACEFUL_RESTART -> gracefulRestart(in);
            case Capability.FOUR_OCTET_AS -> new Capability.FourOctetAs(in.u32("AS"));
            case Capability.ENHANCED_ROUTE_REFRESH -> new Capability.EnhancedRefresh();
            case Capability.LONG_LIVED_GRACEFUL_RESTART -> longLived(in);
            default -> null;
        };
    }

    private static Capability multiprotocol(Reader in) throws BgpException {
        int afi = in.u16("AFI");
        // The reserved byte is to be ignored (RFC 4760 section 8).
        in.u8("reserved");
        return new Capability.Multiprotocol(new Family(afi, in.u8("SAFI")));
    }

    private static Capability extendedNextHop(Reader in) throws BgpException {
        List<Capability.ExtendedNextHop.Entry> entries = new ArrayList<>();
        while (!in.isEmpty()) {
            Family family = new Family(in.u16("AFI"), in.u16("SAFI"));
            entries.add(new Capability.ExtendedNextHop.Entry(family, in.u16("next hop AFI")));
        }
        return new Capability.ExtendedNextHop(entries);
    }

    private static Capability gracefulRestart(Reader in) throws BgpException {
        int head = in.u16("flags and time");
        List<Capability.GracefulRestart.Entry> families = new ArrayList<>();
        while (!in.isEmpty()) {
            Family family = new Family(in.u16("AFI"), in.u8("SAFI"));
            boolean forwarding = (in.u8("flags") & FLAG_FORWARDING) != 0;
            families.add(new Capability.GracefulRestart.Entry(family, forwarding));
        }
        return new Capability.GracefulRestart(
                (head & FLAG_RESTARTED) != 0, (head & FLAG_NOTIFICATION) != 0, head & RESTART_TIME, families);
    }

    private static Capability longLived(Reader in) throws BgpException {
        List<Capability.LongLivedGracefulRestart.Entry> families = new ArrayList<>();
        while (!in.isEmpty()) {
            Family family = new Family(in.u16("AFI"), in.u8("SAFI"));
            boolean forwarding = (in.u8("flags") & FLAG_FORWARDING) != 0;
            int seconds = in.u8("stale time") << 16 | in.u16("stale time");
            families.add(new Capability.LongLivedGracefulRestart.Entry(family, forwarding, seconds));
        }
        return new Capability.LongLivedGracefulRestart(families);
    }

    static void encode(Capability capability, Writer out) {
        out.u8(capability.code()).u8(0);
        int start = out.size();
        encodeValue(capability, out);
        out.patch8(start - 1, out.size() - start);
    }

    private static void encodeValue(Capability capability, Writer out) {
        if (capability instanceof Capability.Multiprotocol mp) {
            out.u16(mp.family().afi()).u8(0).u8(mp.family().safi());
        } else if (capability instanceof Capability.ExtendedNextHop next) {
            next.entries().forEach(entry -> out.u16(entry.family().afi())
                    .u16(entry.family().safi())
                    .u16(entry.nextHopAfi()));
        } else if (capability instanceof Capability.Role role) {
            out.u8(role.role());
        } else if (capability instanceof Capability.FourOctetAs as) {
            out.u32(as.as());
        } else if (capability instanceof Capability.GracefulRestart restart) {
            encodeRestart(restart, out);
        } else if (capability instanceof Capability.LongLivedGracefulRestart longLived) {
            longLived.families().forEach(entry -> family(entry.family(), entry.forwarding(), out)
                    .u8(entry.staleSeconds() >>> 16)
                    .u16(entry.staleSeconds()));
        } else if (capability instanceof Capability.Unknown unknown) {
            unknown.value().writeTo(out);
        }
    }

    private static void encodeRestart(Capability.GracefulRestart restart, Writer out) {
        out.u16((restart.restarted() ? FLAG_RESTARTED : 0)
                | (restart.notification() ? FLAG_NOTIFICATION : 0)
                | restart.restartSeconds() & RESTART_TIME);
        restart.families().forEach(entry -> family(entry.family(), entry.forwarding(), out));
    }

    private static Writer family(Family family, boolean forwarding, Writer out) {
        return out.u16(family.afi()).u8(family.safi()).u8(forwarding ? FLAG_FORWARDING : 0);
    }
}
