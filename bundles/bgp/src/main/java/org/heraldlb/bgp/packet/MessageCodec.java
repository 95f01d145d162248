package org.heraldlb.bgp.packet;

/** Whole messages: the header of RFC 4271 section 4.1 and what follows it. */
public final class MessageCodec {

    /** Length of the header, and of the shortest message. */
    public static final int HEADER = 19;

    private static final int MARKER = 16;
    private static final int TYPE_AT = 18;
    private static final int MIN_OPEN = 29;
    private static final int MIN_UPDATE = 23;
    private static final int MIN_NOTIFICATION = 21;
    private static final int REFRESH = 23;

    private MessageCodec() {}

    /**
     * Checks a header, of which 19 bytes must be there (RFC 4271 section 6.1).
     *
     * @return the length of the whole message
     * @throws BgpException 1/1, 1/2, 1/3 or 7/1
     */
    public static int checkHeader(byte[] bytes, int from, int maxLength) throws BgpException {
        for (int i = 0; i < MARKER; i++) {
            if (bytes[from + i] != -1) {
                throw new BgpException(BgpError.NOT_SYNCHRONIZED, "the marker is not all ones");
            }
        }
        int length = (bytes[from + MARKER] & 0xff) << 8 | bytes[from + MARKER + 1] & 0xff;
        checkLength(bytes[from + TYPE_AT] & 0xff, length, maxLength);
        return length;
    }

    private static void checkLength(int type, int length, int maxLength) throws BgpException {
        boolean fits =
                switch (type) {
                    case Message.TYPE_OPEN -> length >= MIN_OPEN && length <= WireContext.MAX_LENGTH;
                    case Message.TYPE_UPDATE -> length >= MIN_UPDATE && length <= maxLength;
                    case Message.TYPE_NOTIFICATION -> length >= MIN_NOTIFICATION && length <= maxLength;
                    case Message.TYPE_KEEPALIVE -> length == HEADER;
                    case Message.TYPE_ROUTE_REFRESH -> length >= HEADER && length <= maxLength;
                    default ->
                        throw new BgpException(BgpError.BAD_MESSAGE_TYPE, Octets.ofInts(type), "message type " + type);
                };
        if (!fits) {
            throw new BgpException(
                    BgpError.BAD_MESSAGE_LENGTH,
                    Octets.ofInts(length >>> 8, length),
                    "a message of type " + type + " has " + length + " bytes");
        }
    }

    /** Reads one whole message, whose header is checked again. */
    public static Message decode(byte[] bytes, WireContext context) throws BgpException {
        if (bytes.length < HEADER) {
            throw new BgpException(BgpError.BAD_MESSAGE_LENGTH, "a message has at least 19 bytes");
        }
        int length = checkHeader(bytes, 0, context.maxLength());
        if (length != bytes.length) {
            throw new BgpException(
                    BgpError.BAD_MESSAGE_LENGTH,
                    Octets.ofInts(length >>> 8, length),
                    bytes.length + " bytes are there, the header says " + length);
        }
        return switch (bytes[TYPE_AT]) {
            case Message.TYPE_OPEN -> OpenCodec.decode(body(bytes, BgpError.OPEN_UNSPECIFIC));
            case Message.TYPE_UPDATE -> UpdateCodec.decode(body(bytes, BgpError.MALFORMED_ATTRIBUTE_LIST), context);
            case Message.TYPE_NOTIFICATION -> notification(body(bytes, BgpError.BAD_MESSAGE_LENGTH));
            case Message.TYPE_ROUTE_REFRESH -> refresh(body(bytes, BgpError.REFRESH_LENGTH), bytes);
            default -> Message.Keepalive.INSTANCE;
        };
    }

    private static Reader body(byte[] bytes, BgpError error) {
        return new Reader(bytes, HEADER, bytes.length, error);
    }

    private static Notification notification(Reader in) throws BgpException {
        return new Notification(in.u8("error code"), in.u8("error subcode"), in.rest());
    }

    /** RFC 7313 section 5: a wrong length is answered with 7/1 and the whole message as data. */
    private static RouteRefresh refresh(Reader in, byte[] message) throws BgpException {
        if (message.length != REFRESH) {
            throw new BgpException(
                    BgpError.REFRESH_LENGTH, Octets.of(message), "a ROUTE-REFRESH has " + message.length + " bytes");
        }
        int afi = in.u16("AFI");
        int subtype = in.u8("subtype");
        return new RouteRefresh(new Family(afi, in.u8("SAFI")), subtype);
    }

    /** The whole message as bytes. */
    public static byte[] encode(Message message, WireContext context) {
        Writer out = new Writer(128);
        int start = begin(out, message.type());
        if (message instanceof Open open) {
            OpenCodec.encode(open, out);
        } else if (message instanceof Update update) {
            UpdateCodec.encode(update, context, out);
        } else if (message instanceof Notification notification) {
            out.u8(notification.code()).u8(notification.subcode());
            notification.data().writeTo(out);
        } else if (message instanceof RouteRefresh refresh) {
            out.u16(refresh.family().afi())
                    .u8(refresh.subtype())
                    .u8(refresh.family().safi());
        }
        finish(out, start);
        return out.toArray();
    }

    /** Writes a header whose length is still to come; returns where it starts. */
    public static int begin(Writer out, int type) {
        int start = out.size();
        out.u64(-1L).u64(-1L).u16(0).u8(type);
        return start;
    }

    /** Fills in the length of the message that starts at {@code start} and ends here. */
    public static void finish(Writer out, int start) {
        out.patch16(start + MARKER, out.size() - start);
    }
}
