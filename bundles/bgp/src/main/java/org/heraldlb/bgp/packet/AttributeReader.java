package org.heraldlb.bgp.packet;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.heraldlb.bgp.packet.AttributeFault.Action;

/** Reads the attributes of one UPDATE by the rules of RFC 7606. Used once. */
final class AttributeReader {

    private static final int SHAPE = AttributeWriter.OPTIONAL | AttributeWriter.TRANSITIVE;

    private final WireContext context;
    private final List<PathAttribute> attributes = new ArrayList<>();
    private final List<AttributeFault> faults = new ArrayList<>();
    private final BitSet seen = new BitSet(64);

    AttributeReader(WireContext context) {
        this.context = context;
    }

    List<PathAttribute> attributes() {
        return attributes;
    }

    List<AttributeFault> faults() {
        return faults;
    }

    /** Types that were there, well formed or not. */
    BitSet seen() {
        return seen;
    }

    void fault(int type, Action action, String text) {
        faults.add(new AttributeFault(type, action, text));
    }

    /** RFC 7606 section 4: a list that ends early costs the routes, not the session, as those stand outside of it. */
    void readAll(Reader in) throws BgpException {
        while (!in.isEmpty()) {
            if (in.remaining() < 3) {
                fault(0, Action.TREAT_AS_WITHDRAW, in.remaining() + " bytes are left for an attribute");
                return;
            }
            int flags = in.u8("flags");
            int type = in.u8("type");
            boolean extended = (flags & AttributeWriter.EXTENDED_LENGTH) != 0;
            if (extended && in.remaining() < 2) {
                fault(type, Action.TREAT_AS_WITHDRAW, "the attribute list ends inside a length");
                return;
            }
            int length = extended ? in.u16("length") : in.u8("length");
            if (length > in.remaining()) {
                overrun(type, length, in.remaining());
                return;
            }
            read(flags, type, in.part(length, "attribute " + type));
        }
    }

    /** An attribute that holds routes and cannot be delimited leaves the session without a meaning. */
    private void overrun(int type, int length, int left) throws BgpException {
        String text = "attribute " + type + " claims " + length + " bytes of " + left;
        if (type == PathAttribute.MP_REACH || type == PathAttribute.MP_UNREACH) {
            throw new BgpException(BgpError.OPTIONAL_ATTRIBUTE, text);
        }
        fault(type, Action.TREAT_AS_WITHDRAW, text);
    }

    private void read(int flags, int type, Reader value) throws BgpException {
        if (seen.get(type)) {
            duplicate(type);
            return;
        }
        seen.set(type);
        int expected = AttributeWriter.flags(type);
        if (expected < 0) {
            unknown(flags, type, value);
        } else if ((flags & SHAPE) != expected) {
            wrongFlags(flags, type, value);
        } else {
            known(flags, type, value);
        }
    }

    /** RFC 7606 section 3 g. */
    private void duplicate(int type) throws BgpException {
        if (type == PathAttribute.MP_REACH || type == PathAttribute.MP_UNREACH) {
            throw new BgpException(BgpError.MALFORMED_ATTRIBUTE_LIST, "attribute " + type + " is there twice");
        }
        fault(type, Action.ATTRIBUTE_DISCARD, "attribute " + type + " is there twice");
    }

    private void unknown(int flags, int type, Reader value) throws BgpException {
        if ((flags & AttributeWriter.OPTIONAL) == 0) {
            Writer whole = new Writer(4 + value.remaining()).u8(flags | AttributeWriter.EXTENDED_LENGTH);
            whole.u8(type).u16(value.remaining());
            value.peekRest().writeTo(whole);
            throw new BgpException(
                    BgpError.UNRECOGNIZED_WELL_KNOWN, Octets.of(whole.toArray()), "attribute type " + type);
        }
        attributes.add(new PathAttribute.Unknown(flags, type, value.rest()));
    }

    /** RFC 7606 section 3 c; the routes of a multiprotocol attribute are still needed, to be withdrawn. */
    private void wrongFlags(int flags, int type, Reader value) throws BgpException {
        fault(type, Action.TREAT_AS_WITHDRAW, "attribute " + type + " has flags " + Integer.toHexString(flags));
        if (type == PathAttribute.MP_REACH || type == PathAttribute.MP_UNREACH) {
            known(flags, type, value);
        }
    }

    private void known(int flags, int type, Reader value) throws BgpException {
        if (type == PathAttribute.MP_REACH) {
            attributes.add(MultiprotocolReader.reach(flags, value));
        } else if (type == PathAttribute.MP_UNREACH) {
            attributes.add(MultiprotocolReader.unreach(flags, value));
        } else if (internalOnly(type) && !context.internal()) {
            fault(type, Action.ATTRIBUTE_DISCARD, "attribute " + type + " comes from another AS");
        } else {
            value(type, value);
        }
    }

    /** RFC 7606 sections 7.5, 7.9 and 7.10. */
    private static boolean internalOnly(int type) {
        return type == PathAttribute.LOCAL_PREF
                || type == PathAttribute.ORIGINATOR_ID
                || type == PathAttribute.CLUSTER_LIST;
    }

    private void value(int type, Reader value) {
        int length = value.remaining();
        try {
            PathAttribute attribute = AttributeValues.read(type, value, context.fourOctetAs());
            if (!value.isEmpty()) {
                throw new BgpException(BgpError.MALFORMED_ATTRIBUTE_LIST, value.remaining() + " bytes too many");
            }
            attributes.add(attribute);
        } catch (BgpException malformed) {
            fault(type, action(type), "attribute " + type + " of " + length + " bytes: " + malformed.getMessage());
        }
    }

    /** RFC 7606 sections 7.6 and 7.7, RFC 6793 section 6. */
    private static Action action(int type) {
        return switch (type) {
            case PathAttribute.ATOMIC_AGGREGATE,
                    PathAttribute.AGGREGATOR,
                    PathAttribute.AS4_PATH,
                    PathAttribute.AS4_AGGREGATOR -> Action.ATTRIBUTE_DISCARD;
            default -> Action.TREAT_AS_WITHDRAW;
        };
    }
}
