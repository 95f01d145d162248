package org.heraldlb.core.plan;

import java.util.Arrays;
import java.util.List;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.heraldlb.core.election.HashOrder;

/** One layer-2 address and the services that have it, by name. Immutable but for a remembered answer. */
final class AddressUse {

    final IpAddress address;
    private final ServiceDecision[] users;
    /** Remembered by whoever asks first; computing it twice gives the same, so a race does no harm. */
    private Owner owner;

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
        return count == 0 ? null : new AddressUse(address, Arrays.copyOf(next, count));
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
            owner = elect(decider(), nodes, order);
        }
        return owner;
    }

    static Owner elect(ServiceDecision decider, KnownNodes nodes, HashOrder order) {
        int[] tier = decider.tier;
        if (tier.length == 0) {
            return new Owner("", decider.noOwnerReason());
        }
        String how = tier.length == 1 ? Reasons.ONLY_CANDIDATE : Reasons.BY_HASH;
        String reason = decider.l2.hasScores() && decider.l2.score(tier[0]) > 0 ? Reasons.PREFERRED : how;
        return new Owner(nodes.names.get(order.first(tier, decider.hashText)), reason);
    }
}
