package org.heraldlb.core.plan;

import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;
import static org.heraldlb.testkit.Intents.slice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.BgpAdvertisement.Attributes;
import org.heraldlb.api.intent.BgpAdvertisement.Weighting;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.SliceBuilder;

/** A small cluster to which things happen at random, with everything that a plan can depend on. */
final class RandomHistory {

    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final int SERVICES = 6;

    private final SplittableRandom random;
    private final Scenario scenario = Scenario.with();

    RandomHistory(long seed) {
        random = new SplittableRandom(seed);
        scenario.on("n1");
        changePool();
        changeAd();
        changeAd();
        for (int i = 0; i < SERVICES; i++) {
            changeService();
        }
    }

    PlanInput input() {
        return scenario.input();
    }

    /** One change; four of five concern single services. */
    void step() {
        switch (random.nextInt(15)) {
            case 0 -> changePool();
            case 1 -> changeAd();
            case 2, 3 -> changeNodes();
            default -> changeService();
        }
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private void changePool() {
        scenario.and(
                oneIn(3)
                        ? pool("default", "10.0.0.0/28").labels("a=b").build()
                        : pool("default", "10.0.0.0/24", "fc00::/120").build(),
                pool("second", "10.0.1.0/24").build());
    }

    private void changeNodes() {
        String name = NODES.get(random.nextInt(NODES.size()));
        switch (random.nextInt(7)) {
            case 0 -> scenario.without(Kind.NODE, name);
            case 1 -> scenario.and(node(name).networkUnavailable().build());
            case 2 -> scenario.and(node(name).excluded().build());
            case 3, 4 -> scenario.alive(liveness());
            default -> scenario.and(node(name).labels("host=" + name).build());
        }
    }

    private Liveness liveness() {
        if (oneIn(4)) {
            return Liveness.ALL;
        }
        Members seen = oneIn(4) ? Members.all() : members();
        if (oneIn(2)) {
            seen.agreement(!oneIn(4), members(), oneIn(2) ? members() : null);
        }
        return seen.liveness();
    }

    private Members members() {
        Members members = Members.of(NODES.toArray(String[]::new));
        if (oneIn(2)) {
            members.lost(anyNode());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> members.links(anyNode(), oneIn(3) ? "" : "eth" + random.nextInt(2));
                case 1 -> members.unfit(anyNode(), "s" + random.nextInt(SERVICES));
                case 2 -> members.drains(anyNode());
                default -> members.claims(anyNode(), "10.0.0." + random.nextInt(20));
            }
        }
        return members;
    }

    private String anyNode() {
        return NODES.get(random.nextInt(NODES.size()));
    }

    private void changeAd() {
        String name = "ad" + random.nextInt(2);
        switch (random.nextInt(7)) {
            case 0 -> scenario.without(Kind.L2_ADVERTISEMENT, name);
            case 1 -> scenario.without(Kind.BGP_ADVERTISEMENT, name);
            case 2 ->
                scenario.and(peer("p" + random.nextInt(3), "192.0.2.1")
                        .nodeSelectors(oneIn(2) ? selector() : selector("host=n1"))
                        .build());
            case 3, 4 -> changeL2(name);
            default -> changeBgp(name);
        }
    }

    private void changeL2(String name) {
        Ownership ownership = new Ownership(
                oneIn(6) ? Mode.QUORUM : Mode.AVAILABLE,
                oneIn(4),
                oneIn(4),
                oneIn(4) ? Optional.of("group") : Optional.empty(),
                Ownership.METALLB.conflictPolicy());
        var ad = l2(name).ownership(oneIn(2) ? Ownership.METALLB : ownership);
        if (oneIn(2)) {
            ad.interfaces("eth" + random.nextInt(2));
        }
        if (oneIn(3)) {
            ad.serviceSelectors(selector("app=a"));
        }
        if (oneIn(3)) {
            ad.nodeSelectors(selector("host=n" + random.nextInt(4)));
        }
        scenario.and(oneIn(3) ? ad.prefers(5, "host=n2").build() : ad.build());
    }

    private void changeBgp(String name) {
        var ad = bgp(name)
                .attributes(new Attributes(
                        oneIn(2) ? OptionalLong.of(random.nextInt(2)) : OptionalLong.empty(),
                        oneIn(2) ? List.of("1:" + random.nextInt(3), "large:1:2:3") : List.of(),
                        OptionalLong.empty(),
                        0,
                        Weighting.values()[random.nextInt(3)]));
        if (oneIn(2)) {
            ad.peers("p" + random.nextInt(3));
        }
        if (oneIn(3)) {
            ad.aggregationLength(24 + random.nextInt(8)).aggregationLengthV6(120);
        }
        if (oneIn(3)) {
            ad.nodeSelectors(selector("host=n1"));
        }
        scenario.and(oneIn(4) ? ad.serviceSelectors(selector("app=a")).build() : ad.build());
    }

    private void changeService() {
        String name = "s" + random.nextInt(SERVICES);
        switch (random.nextInt(9)) {
            case 8 -> scenario.weighs(name, random.nextInt(3));
            case 0 -> scenario.without(Kind.SERVICE, name);
            case 1 -> scenario.lost(name);
            case 2 -> scenario.and(slice(name).build());
            case 3 -> scenario.healthy(check(), oneIn(2));
            case 4, 5 -> allocate(name);
            default -> {
                scenario.and(serviceBuilder(name).build(), sliceBuilder(name).build());
                allocate(name);
            }
        }
    }

    private void allocate(String name) {
        String v4 = "10.0.0." + random.nextInt(20);
        switch (random.nextInt(4)) {
            case 0 -> scenario.hasFrom("second", name, "10.0.1." + random.nextInt(4));
            case 1 -> scenario.has(name, v4, "fc00::" + random.nextInt(3));
            case 2 -> scenario.has(name, "fc00::" + random.nextInt(3), v4);
            default -> scenario.has(name, v4);
        }
    }

    private ServiceBuilder serviceBuilder(String name) {
        ServiceBuilder service = service(name);
        if (oneIn(2)) {
            service.labels("app=a");
        }
        if (oneIn(3)) {
            service.local();
        }
        if (oneIn(4)) {
            service.sharingKey("key");
        }
        return oneIn(3) ? service.backing(host()) : service;
    }

    private Backing host() {
        return new Backing.Host(
                oneIn(2) ? List.of() : List.of("n1", "n" + (4 + random.nextInt(2))),
                oneIn(2) ? Optional.of(check()) : Optional.empty(),
                oneIn(2) ? Optional.of("lo") : Optional.empty());
    }

    private HealthCheck check() {
        return new HealthCheck(
                HealthCheck.Type.TCP,
                "127.0.0.1",
                80 + random.nextInt(2),
                Optional.empty(),
                new HealthCheck.Schedule(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1));
    }

    private SliceBuilder sliceBuilder(String name) {
        SliceBuilder slice = slice(name);
        for (int i = random.nextInt(3); i >= 0; i--) {
            String where = "n" + (1 + random.nextInt(4));
            if (oneIn(4)) {
                slice.notReady(where, "1.1.1.1");
            } else if (oneIn(5)) {
                slice.ready(where);
            } else {
                slice.ready(where, "1.1.1.1");
            }
        }
        return slice;
    }
}
