package org.heraldlb.l2.selection;

import org.heraldlb.api.host.Link;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.MacAddress;

/**
 * An interface for one family, with all that a responder there depends on: when any of it changes, the port is another
 * one, and everything announced there is announced anew.
 *
 * @param family IPv4 for ARP, IPv6 for NDP
 * @param index of the link
 * @param name of the link
 * @param mac of the link
 */
public record Port(IpFamily family, int index, String name, MacAddress mac) {

    /** The port of a link that {@link LinkRules} has nothing against. */
    public static Port of(Link link, IpFamily family) {
        return new Port(family, link.index(), link.name(), link.mac().orElseThrow());
    }
}
