package org.heraldlb.core.plan;

import java.util.Arrays;
import java.util.List;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.heraldlb.core.election.HashOrder;

/** One layer-2 address and the services that have it, by name. Immutable but for what it remembers. */
final class AddressUse {

    /** How many nodes are remembered: with half of all nodes as candidates, 1 of 256 addresses is hashed again. */
    private static final int TOP = 8;

    /**
     * The beginning of the order of all known nodes. It does not depend on who is a candidate, so it outlives topologies
     * that know the same nodes.
     */
    private record Top(String text, int[] nodes) {}

    final IpAddress address;
    private final ServiceDecision[] users;
    /** Remembered by whoever asks first; computing it twice gives the same, so a race does no harm. */
    private Owner owner;

    private Top top;

    AddressUse(IpAddress address, ServiceDecision... users) {
        this.address = address;
        this.users = users;
    }

    /** Null when nobody is left. {@code added} may be null. */
    AddressUse replace(NamespacedName name, ServiceDecision added) {
        ServiceDecision[] next = new ServiceDecision[users.length + 1];
        int count = 0;
        for (ServiceDecision user : users) {
            if (!user.name.equals(name)) {
                next[count++] = user;
            }
        }
        if (added != null) {
            next[count++] = added;
        }
        Arrays.sort(next, 0, count, (left, right) -> left.name.compareTo(right.name));
        return count == 0 ? null : new AddressUse(address, Arrays.copyOf(next, count)).remembering(this);
    }

    /** Takes over what an earlier use of the same address, among the same known nodes, remembers. May be null. */
    AddressUse remembering(AddressUse earlier) {
        top = earlier == null ? null : earlier.top;
        return this;
    }

    /** The service whose election decides: the first that may be owned at all. */
    ServiceDecision decider() {
        for (ServiceDecision user : users) {
            if (user.tier.length > 0) {
                return user;
            }
        }
        return users[0];
    }

    List<ServiceDecision> users() {
        return List.of(users);
    }

    Owner owner(KnownNodes nodes, HashOrder order) {
        if (owner == null) {
            owner = elect(nodes, order);
        }
        return owner;
    }

    private Owner elect(KnownNodes nodes, HashOrder order) {
        ServiceDecision decider = decider();
        int[] tier = decider.tier;
        if (tier.length == 0) {
            return new Owner("", decider.noOwnerReason());
        }
        int winner = winner(decider, order);
        if (decider.tierBefore != null && !wonBefore(winner, decider, order)) {
            return new Owner("", Reasons.AGREEMENT_CHANGING);
        }
        String how = tier.length == 1 ? Reasons.ONLY_CANDIDATE : Reasons.BY_HASH;
        String reason = decider.l2.hasScores() && decider.l2.score(tier[0]) > 0 ? Reasons.PREFERRED : how;
        return new Owner(nodes.names.get(winner), reason);
    }

    private int winner(ServiceDecision decider, HashOrder order) {
        if (decider.tier.length > TOP) {
            if (!remembers(decider)) {
                top = new Top(decider.hashText, order.top(TOP, decider.hashText));
            }
            for (int node : top.nodes()) {
                if (decider.mayOwn(node)) {
                    return node;
                }
            }
        }
        return order.first(decider.tier, decider.hashText);
    }

    /** Whether the node would own by what was agreed before, too. */
    private static boolean wonBefore(int node, ServiceDecision decider, HashOrder order) {
        return decider.mightOwn(node) && order.isFirst(node, decider.tierBefore, decider.hashText);
    }

    private boolean remembers(ServiceDecision decider) {
        return top != null && top.text().equals(decider.hashText);
    }

    /** Whether the election makes {@code node} the owner; far cheaper than asking who the owner is. */
    boolean isOwnedBy(int node, HashOrder order) {
        ServiceDecision decider = decider();
        if (!decider.mayOwn(node)) {
            return false;
        }
        boolean wins = remembers(decider)
                ? winner(decider, order) == node
                : order.isFirst(node, decider.tier, decider.hashText);
        return wins && (decider.tierBefore == null || wonBefore(node, decider, order));
    }
}
