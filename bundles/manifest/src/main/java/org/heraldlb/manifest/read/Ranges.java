package org.heraldlb.manifest.read;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;
import org.heraldlb.manifest.Code;

/** Items of address lists: {@code 10.0.0.0/24}, {@code 10.0.0.1-10.0.0.9}, and single addresses where those are allowed. */
final class Ranges {

    private Ranges() {}

    /** A CIDR or a range as the fewest prefixes. */
    static Optional<List<IpPrefix>> prefixes(Fields fields, String path, String text) {
        if (text.indexOf('-') >= 0) {
            return range(fields, path, text).map(IpRange::toPrefixes);
        }
        return cidr(fields, path, text).map(List::of);
    }

    /** A CIDR, a range or one address. */
    static Optional<IpRange> any(Fields fields, String path, String text) {
        if (text.indexOf('-') >= 0) {
            return range(fields, path, text);
        }
        if (text.indexOf('/') >= 0) {
            return cidr(fields, path, text).map(IpPrefix::range);
        }
        return fields.address(Code.INVALID_ADDRESS, path, text, "invalid address")
                .map(one -> new IpRange(one, one));
    }

    private static Optional<IpPrefix> cidr(Fields fields, String path, String text) {
        try {
            return Optional.of(IpPrefix.parse(text));
        } catch (IllegalArgumentException bad) {
            String fix = text.indexOf('/') < 0 ? "write a single address as " + text + hostLength(text) : "";
            fields.findings()
                    .error(Code.INVALID_CIDR, path, text, "invalid CIDR \"" + text + "\": " + bad.getMessage(), fix);
            return Optional.empty();
        }
    }

    private static String hostLength(String text) {
        return text.indexOf(':') < 0 ? "/32" : "/128";
    }

    private static Optional<IpRange> range(Fields fields, String path, String text) {
        int dash = text.indexOf('-');
        Optional<IpAddress> first = end(fields, path, text, text.substring(0, dash));
        Optional<IpAddress> last = end(fields, path, text, text.substring(dash + 1));
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (first.get().family() != last.get().family()) {
            refuse(fields, Code.MIXED_FAMILY_RANGE, path, text, "both ends have the same family");
            return Optional.empty();
        }
        if (first.get().compareTo(last.get()) > 0) {
            refuse(fields, Code.INVALID_RANGE, path, text, "start IP is after the end IP");
            return Optional.empty();
        }
        return Optional.of(new IpRange(first.get(), last.get()));
    }

    private static Optional<IpAddress> end(Fields fields, String path, String whole, String text) {
        try {
            return Optional.of(IpAddress.parse(text.strip()));
        } catch (IllegalArgumentException bad) {
            refuse(fields, Code.INVALID_RANGE, path, whole, bad.getMessage());
            return Optional.empty();
        }
    }

    private static void refuse(Fields fields, Code code, String path, String text, String rule) {
        fields.findings().error(code, path, text, "invalid IP range \"" + text + "\": " + rule);
    }
}
