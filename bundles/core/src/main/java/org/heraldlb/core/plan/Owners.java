package org.heraldlb.core.plan;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.heraldlb.core.election.HashOrder;
import org.heraldlb.core.election.Placement;
import org.heraldlb.core.sorted.SortedArrayMap;

/**
 * Owner by layer-2 address, in address order. An owner is computed when it is first asked for: the plan of one node needs
 * only to know whether that node is the owner, which costs far fewer hashes. Any thread.
 */
final class Owners extends AbstractMap<IpAddress, Owner> {

    private final SortedArrayMap<IpAddress, AddressUse> uses;
    private final SortedArrayMap<IpAddress, Placement.Choice> placed;
    private final KnownNodes nodes;

    Owners(
            SortedArrayMap<IpAddress, AddressUse> uses,
            SortedArrayMap<IpAddress, Placement.Choice> placed,
            KnownNodes nodes) {
        this.uses = uses;
        this.placed = placed;
        this.nodes = nodes;
    }

    @Override
    public Owner get(Object address) {
        AddressUse use = uses.get(address);
        return use == null ? null : owner(use, new HashOrder(nodes.hashing));
    }

    private Owner owner(AddressUse use, HashOrder order) {
        Placement.Choice choice = placed.get(use.address);
        if (choice == null) {
            return use.owner(nodes, order);
        }
        return new Owner(choice.node() == Seating.NOBODY ? "" : nodes.names.get(choice.node()), choice.reason());
    }

    /** Whether {@code node} owns the address; cheap. */
    boolean owns(int node, AddressUse use, HashOrder order) {
        Placement.Choice choice = placed.get(use.address);
        if (choice != null) {
            return choice.node() == node;
        }
        return use.isOwnedBy(node, order);
    }

    @Override
    public boolean containsKey(Object address) {
        return uses.containsKey(address);
    }

    @Override
    public int size() {
        return uses.size();
    }

    @Override
    public Set<Map.Entry<IpAddress, Owner>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return uses.size();
            }

            @Override
            public Iterator<Map.Entry<IpAddress, Owner>> iterator() {
                HashOrder order = new HashOrder(nodes.hashing);
                Iterator<AddressUse> each = uses.valueList().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public Map.Entry<IpAddress, Owner> next() {
                        AddressUse use = each.next();
                        return Map.entry(use.address, owner(use, order));
                    }
                };
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other == this || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
