package org.heraldlb.api.l2;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/**
 * An address that another node answers for and that this node is to check, by asking for it at a low rate. For each address
 * one node is chosen to watch, so that the whole cluster sends one question for each address and interval.
 *
 * @param address what to ask for
 * @param interfaces where
 * @param owner the node that should answer
 * @param expected the MACs that it may answer with
 */
public record L2Watch(IpAddress address, InterfaceSelection interfaces, String owner, SortedSet<MacAddress> expected) {
    public L2Watch {
        expected = Collections.unmodifiableSortedSet(new TreeSet<>(expected));
    }
}
