package org.heraldlb.ipam;

import static org.heraldlb.testkit.Intents.namespace;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.quota;
import static org.heraldlb.testkit.Intents.reservation;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.intent.ServiceIntent.Type;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationRequest.Released;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.runtime.PersistentMap;
import org.heraldlb.testkit.IntentBuilder;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.PoolBuilder;
import org.heraldlb.testkit.ServiceBuilder;

/** A cluster whose operators change their mind. Everything is small, so that everything collides. */
final class RandomHistory {

    private static final String[] POOLS = {
        "10.0.0.0/30", "10.0.1.0/29", "10.0.2.2-10.0.2.6", "10.0.3.0/31", "fd00::/126", "fd01::/125"
    };

    private final SplittableRandom random;
    private final IntentBuilder intent = Intents.intent();
    private PersistentMap<NamespacedName, ServiceIntent> services = PersistentMap.empty();
    private PersistentMap<NamespacedName, List<IpAddress>> held = PersistentMap.empty();
    private Map<IpAddress, Released> released = Map.of();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    RandomHistory(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < 3; i++) {
            changePool();
        }
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Something happens: usually to services, sometimes to the rules, sometimes only time passes. */
    void step() {
        int what = random.nextInt(100);
        if (what < 80) {
            changeService();
        } else if (what < 86) {
            changePool();
        } else if (what < 89) {
            changeExtensions();
        } else if (what < 92) {
            now = now.plusSeconds(random.nextInt(40));
        } else if (what < 96) {
            release();
        } else {
            disturbHeld();
        }
    }

    private NamespacedName someName() {
        return new NamespacedName("ns" + random.nextInt(2), "s" + random.nextInt(14));
    }

    private void changeService() {
        NamespacedName name = someName();
        if (chance(25)) {
            services = services.without(name);
            return;
        }
        ServiceBuilder service = service(name.toString());
        if (chance(5)) {
            service.type(Type.CLUSTER_IP);
        }
        shape(service);
        services = services.with(name, service.build());
    }

    private void shape(ServiceBuilder service) {
        switch (random.nextInt(4)) {
            case 0 -> service.v6();
            case 1 -> service.dual();
            case 2 -> service.families(IpFamily.IPV6, IpFamily.IPV4);
            default -> service.families(IpFamily.IPV4);
        }
        if (chance(60)) {
            service.familyPolicy(any(List.of(ServiceIntent.FamilyPolicy.values())));
        }
        if (chance(40)) {
            service.sharingKey(any(List.of("", "k", "l")));
        }
        if (chance(60)) {
            service.ports(any(List.of("tcp/80", "tcp/443", "udp/53", "udp/80")));
        }
        if (chance(20)) {
            service.local().selector("app=" + random.nextInt(2));
        }
        if (chance(20)) {
            service.pool("p" + random.nextInt(5));
        }
        if (chance(20)) {
            service.wants(someAddresses());
        }
        if (chance(30)) {
            service.labels("tier=" + random.nextInt(2));
        }
    }

    private String[] someAddresses() {
        String four = "10.0." + random.nextInt(4) + "." + random.nextInt(7);
        String six = "fd0" + random.nextInt(2) + "::" + random.nextInt(7);
        return switch (random.nextInt(3)) {
            case 0 -> new String[] {four};
            case 1 -> new String[] {six};
            default -> new String[] {four, six};
        };
    }

    private void changePool() {
        String name = "p" + random.nextInt(4);
        if (chance(15)) {
            intent.without(ObjectRef.of(Kind.IP_ADDRESS_POOL, name));
            return;
        }
        List<String> entries = new ArrayList<>(List.of(POOLS));
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            mine.add(entries.remove(random.nextInt(entries.size())));
        }
        PoolBuilder pool = pool(name, mine.toArray(String[]::new)).strategy(any(List.of(Strategy.values())));
        pin(pool);
        if (chance(20)) {
            pool.onRequest();
        }
        if (chance(20)) {
            pool.avoidBuggyIps();
        }
        if (chance(20)) {
            pool.excluded("10.0.1.2-10.0.1.4");
        }
        intent.with(pool.build());
    }

    private void pin(PoolBuilder pool) {
        if (chance(20)) {
            pool.priority(random.nextInt(3));
        }
        if (chance(20)) {
            pool.namespaces("ns0");
        }
        if (chance(15)) {
            pool.namespaceSelectors(selector("a=b"));
        }
        if (chance(15)) {
            pool.serviceSelectors(selector("tier=1"));
        }
    }

    private void changeExtensions() {
        switch (random.nextInt(4)) {
            case 0 -> intent.with(namespace("ns" + random.nextInt(2), chance(50) ? "a=b" : "a=c"));
            case 1 -> intent.with(quota("ns" + random.nextInt(2), random.nextInt(6)));
            case 2 -> intent.without(ObjectRef.of(Kind.NAMESPACE_QUOTA, "ns" + random.nextInt(2)));
            default -> intent.with(reservation(someName().toString(), someAddresses()));
        }
    }

    private void release() {
        Map<IpAddress, Released> map = new HashMap<>(released);
        map.values().removeIf(grace -> grace.until().isBefore(now) || chance(20));
        for (String address : someAddresses()) {
            map.put(Intents.ip(address), new Released(someName(), now.plus(Duration.ofSeconds(random.nextInt(60)))));
        }
        released = Map.copyOf(map);
    }

    private void disturbHeld() {
        NamespacedName name = someName();
        held = chance(50) ? held.without(name) : held.with(name, Intents.ips(someAddresses()));
    }

    AllocationRequest request() {
        Intent built = intent.build();
        return new AllocationRequest(
                built.addressing(),
                new TreeMap<>(built.cluster().namespaces()),
                services,
                held,
                released,
                now,
                Optional.empty());
    }

    /** Takes the result for the truth, most of the time. */
    void adopt(AllocationResult result) {
        if (chance(90)) {
            PersistentMap<NamespacedName, List<IpAddress>> adopted = PersistentMap.empty();
            for (var entry : result.allocations().entrySet()) {
                List<IpAddress> before = held.get(entry.getKey());
                List<IpAddress> addresses = entry.getValue().addresses();
                adopted = adopted.with(entry.getKey(), addresses.equals(before) ? before : addresses);
            }
            held = adopted;
        }
    }
}
