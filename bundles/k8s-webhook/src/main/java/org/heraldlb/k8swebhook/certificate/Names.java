package org.heraldlb.k8swebhook.certificate;

import java.util.Locale;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;

/** Names of servers: DNS names and addresses. */
final class Names {

    private Names() {}

    static boolean isAddress(String name) {
        return address(name).isPresent();
    }

    /** One text for each name. */
    static String canonical(String name) {
        return address(name).map(IpAddress::toString).orElse(name.toLowerCase(Locale.ROOT));
    }

    private static Optional<IpAddress> address(String name) {
        try {
            return Optional.of(IpAddress.parse(name));
        } catch (IllegalArgumentException dns) {
            return Optional.empty();
        }
    }
}
