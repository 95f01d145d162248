package org.heraldlb.bgp.packet;

import java.util.BitSet;
import java.util.List;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.packet.AttributeFault.Action;

/** UPDATE as bytes. */
final class UpdateCodec {

    private UpdateCodec() {}

    static Update decode(Reader in, WireContext context) throws BgpException {
        Reader withdrawn = in.part(in.u16("withdrawn routes length"), BgpError.INVALID_NETWORK, "withdrawn routes");
        Reader attributes = in.part(in.u16("total attribute length"), "path attributes");
        Reader announced = in.part(in.remaining(), BgpError.INVALID_NETWORK, "routes");
        // Routes first: when they cannot be read the session ends, whatever the attributes are (RFC 7606 section 5.3).
        List<IpPrefix> gone = withdrawn.prefixes(IpFamily.IPV4);
        List<IpPrefix> routes = announced.prefixes(IpFamily.IPV4);
        AttributeReader reader = new AttributeReader(context);
        reader.readAll(attributes);
        requireMandatory(reader, !routes.isEmpty());
        return new Update(gone, reader.attributes(), routes, reader.faults());
    }

    /** RFC 7606 section 3 d. */
    private static void requireMandatory(AttributeReader reader, boolean routes) {
        BitSet seen = reader.seen();
        if (routes || seen.get(PathAttribute.MP_REACH)) {
            require(reader, PathAttribute.ORIGIN, "ORIGIN");
            require(reader, PathAttribute.AS_PATH, "AS_PATH");
        }
        if (routes) {
            require(reader, PathAttribute.NEXT_HOP, "NEXT_HOP");
        }
    }

    private static void require(AttributeReader reader, int type, String name) {
        if (!reader.seen().get(type)) {
            reader.fault(type, Action.TREAT_AS_WITHDRAW, name + " is missing");
        }
    }

    static void encode(Update update, WireContext context, Writer out) {
        int withdrawnAt = out.size();
        out.u16(0);
        update.withdrawn().forEach(out::prefix);
        out.patch16(withdrawnAt, out.size() - withdrawnAt - 2);
        int attributesAt = out.size();
        out.u16(0);
        update.attributes().forEach(attribute -> AttributeWriter.write(attribute, context.fourOctetAs(), out));
        out.patch16(attributesAt, out.size() - attributesAt - 2);
        update.announced().forEach(out::prefix);
    }
}
