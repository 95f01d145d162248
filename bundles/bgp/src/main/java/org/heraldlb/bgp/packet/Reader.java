package org.heraldlb.bgp.packet;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;

/** Reads forward through a part of an array and fails with its error rather than leave the part. */
final class Reader {

    private final byte[] bytes;
    private final int end;
    private final BgpError error;
    private int at;

    Reader(byte[] bytes, int from, int end, BgpError error) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.error = error;
    }

    int remaining() {
        return end - at;
    }

    boolean isEmpty() {
        return at == end;
    }

    int position() {
        return at;
    }

    private void need(int count, String field) throws BgpException {
        if (end - at < count) {
            throw new BgpException(error, field + " needs " + count + " bytes, " + (end - at) + " are left");
        }
    }

    int u8(String field) throws BgpException {
        need(1, field);
        return bytes[at++] & 0xff;
    }

    int u16(String field) throws BgpException {
        need(2, field);
        at += 2;
        return (bytes[at - 2] & 0xff) << 8 | bytes[at - 1] & 0xff;
    }

    int i32(String field) throws BgpException {
        int high = u16(field);
        return high << 16 | u16(field);
    }

    long u32(String field) throws BgpException {
        return i32(field) & 0xffff_ffffL;
    }

    long i64(String field) throws BgpException {
        long high = u32(field);
        return high << 32 | u32(field);
    }

    /** The next {@code count} bytes as a reader of their own; this one goes on behind them. */
    Reader part(int count, String field) throws BgpException {
        return part(count, error, field);
    }

    Reader part(int count, BgpError partError, String field) throws BgpException {
        need(count, field);
        at += count;
        return new Reader(bytes, at - count, at, partError);
    }

    /** Everything that is left. */
    Octets rest() {
        int from = at;
        at = end;
        return Octets.copy(bytes, from, end);
    }

    /** Everything that is left, which stays to be read. */
    Octets peekRest() {
        return Octets.copy(bytes, at, end);
    }

    IpAddress address(IpFamily family, String field) throws BgpException {
        return family == IpFamily.IPV4 ? IpAddress.v4(i32(field)) : IpAddress.v6(i64(field), i64(field));
    }

    /** Length in bits, then as many bytes as that needs (RFC 4271 section 4.3), to the end. */
    List<IpPrefix> prefixes(IpFamily family) throws BgpException {
        List<IpPrefix> prefixes = new ArrayList<>();
        while (!isEmpty()) {
            prefixes.add(prefix(family));
        }
        return prefixes;
    }

    private IpPrefix prefix(IpFamily family) throws BgpException {
        int bits = u8("prefix length");
        if (bits > family.bits()) {
            throw new BgpException(error, "a prefix length of " + bits + " in " + family);
        }
        int count = (bits + 7) / 8;
        need(count, "prefix");
        long high = 0;
        long low = 0;
        for (int i = 0; i < family.bytes(); i++) {
            high = high << 8 | low >>> 56;
            low = low << 8 | (i < count ? bytes[at + i] & 0xff : 0);
        }
        at += count;
        return new IpPrefix(new IpAddress(family, family == IpFamily.IPV4 ? 0 : high, low), bits);
    }
}
