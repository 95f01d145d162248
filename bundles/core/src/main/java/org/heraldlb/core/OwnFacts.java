package org.heraldlb.core;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.runtime.PersistentMap;

/** What this node says about itself, put together from its parts. The loop's; equal facts are one object. */
final class OwnFacts {

    private SortedMap<String, MacAddress> links = new TreeMap<>();
    private SortedSet<NamespacedName> unfit = new TreeSet<>();
    private boolean draining;
    private SortedSet<String> tookOver = new TreeSet<>();
    private SortedSet<IpAddress> claims = new TreeSet<>();
    private NodeFacts facts = NodeFacts.NONE;

    private final Map<NamespacedName, HealthCheck> checked = new HashMap<>();
    private PersistentMap<NamespacedName, ServiceIntent> services = PersistentMap.empty();
    private String node = "";

    NodeFacts facts() {
        return facts;
    }

    /** What the elections of this node are to know: all but who took what over. */
    NodeFacts forElection() {
        return tookOver.isEmpty() ? facts : new NodeFacts(links, unfit, draining, new TreeSet<>(), claims);
    }

    private boolean renew() {
        NodeFacts next = new NodeFacts(links, unfit, draining, tookOver, claims);
        boolean same = next.equals(facts);
        facts = same ? facts : next;
        return !same;
    }

    /** True when something is different. */
    boolean links(LinkSnapshot snapshot) {
        links = usable(snapshot);
        return renew();
    }

    /** Interfaces that can carry layer 2. A snapshot without any interface, not even a loopback, says nothing. */
    static SortedMap<String, MacAddress> usable(LinkSnapshot snapshot) {
        SortedMap<String, MacAddress> usable = new TreeMap<>();
        for (Link link : snapshot.links()) {
            if (carries(link)) {
                usable.put(link.name(), link.mac().orElseThrow());
            }
        }
        if (usable.isEmpty() && !snapshot.links().isEmpty()) {
            usable.put(NodeFacts.NO_LINK, MacAddress.ZERO);
        }
        return usable;
    }

    private static boolean carries(Link link) {
        return link.has(Link.Flag.UP)
                && link.has(Link.Flag.RUNNING)
                && !link.has(Link.Flag.LOOPBACK)
                && !link.has(Link.Flag.NOARP)
                && link.mac().isPresent()
                && link.master().isEmpty();
    }

    /** The health checks of services that this node is to serve. Costs what changed since it was last asked. */
    Set<HealthCheck> checks(Intent intent, String self) {
        if (!node.equals(self)) {
            node = self;
            checked.clear();
            services = PersistentMap.empty();
        }
        PersistentMap<NamespacedName, ServiceIntent> next = PersistentMap.of(intent.services());
        PersistentMap.diff(services, next, (name, before, after) -> check(name, after));
        services = next;
        return new HashSet<>(checked.values());
    }

    private void check(NamespacedName name, ServiceIntent service) {
        checked.remove(name);
        if (service != null
                && service.backing() instanceof Backing.Host host
                && (host.nodes().isEmpty() || host.nodes().contains(node))) {
            host.healthCheck().ifPresent(check -> checked.put(name, check));
        }
    }

    /** True when something is different. @param others services that this node must not own for another reason */
    boolean health(HealthVerdicts verdicts, Set<NamespacedName> others) {
        SortedSet<NamespacedName> next = new TreeSet<>(others);
        checked.forEach((service, check) -> {
            if (!verdicts.isHealthy(check)) {
                next.add(service);
            }
        });
        if (unfit.equals(next)) {
            return false;
        }
        unfit = next;
        return renew();
    }

    boolean draining(boolean next) {
        if (draining == next) {
            return false;
        }
        draining = next;
        return renew();
    }

    boolean tookOver(SortedSet<String> next) {
        if (Objects.equals(tookOver, next)) {
            return false;
        }
        tookOver = Collections.unmodifiableSortedSet(new TreeSet<>(next));
        return renew();
    }

    boolean claims(SortedSet<IpAddress> next) {
        if (claims.equals(next)) {
            return false;
        }
        claims = next;
        return renew();
    }
}
