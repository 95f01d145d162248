package org.heraldlb.bgp.packet;

import java.util.ArrayList;
import java.util.List;

/** OPEN as bytes, with the extended optional parameters of RFC 9072. */
final class OpenCodec {

    private static final int VERSION = 4;
    private static final int PARAMETER_CAPABILITIES = 2;
    private static final int EXTENDED = 255;

    private OpenCodec() {}

    static Open decode(Reader in) throws BgpException {
        int version = in.u8("version");
        if (version != VERSION) {
            // The Data field holds the largest version that we speak (RFC 4271 section 6.2).
            throw new BgpException(BgpError.UNSUPPORTED_VERSION, Octets.ofInts(0, VERSION), "version " + version);
        }
        int as = in.u16("AS");
        int hold = in.u16("hold time");
        int identifier = in.i32("identifier");
        return new Open(as, hold, identifier, parameters(in));
    }

    /** RFC 9072 section 2: 255 as length and as first parameter type says that real lengths have 16 bits. */
    private static List<Capability> parameters(Reader in) throws BgpException {
        int length = in.u8("optional parameters length");
        boolean extended = length > 0 && !in.isEmpty() && in.peekRest().at(0) == EXTENDED;
        if (extended) {
            in.u8("non-extended parameter type");
            length = in.u16("extended optional parameters length");
        }
        Reader part = in.part(length, "optional parameters");
        if (!in.isEmpty()) {
            throw new BgpException(BgpError.OPEN_UNSPECIFIC, in.remaining() + " bytes follow the optional parameters");
        }
        List<Capability> capabilities = new ArrayList<>();
        while (!part.isEmpty()) {
            parameter(part, extended, capabilities);
        }
        return capabilities;
    }

    private static void parameter(Reader in, boolean extended, List<Capability> into) throws BgpException {
        int type = in.u8("parameter type");
        int length = extended ? in.u16("parameter length") : in.u8("parameter length");
        Reader value = in.part(length, "parameter " + type);
        if (type != PARAMETER_CAPABILITIES) {
            throw new BgpException(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER, "parameter type " + type);
        }
        CapabilityCodec.decodeAll(value, into);
    }

    /** All capabilities in one parameter; the extended form only where the short one cannot hold them. */
    static void encode(Open open, Writer out) {
        out.u8(VERSION).u16(open.as16()).u16(open.holdSeconds()).u32(open.identifier());
        Writer value = new Writer(64);
        open.capabilities().forEach(capability -> CapabilityCodec.encode(capability, value));
        if (value.size() == 0) {
            out.u8(0);
        } else if (value.size() + 2 < EXTENDED) {
            out.u8(value.size() + 2).u8(PARAMETER_CAPABILITIES).u8(value.size());
        } else {
            out.u8(EXTENDED).u8(EXTENDED).u16(value.size() + 3);
            out.u8(PARAMETER_CAPABILITIES).u16(value.size());
        }
        out.bytes(value.array(), 0, value.size());
    }
}
