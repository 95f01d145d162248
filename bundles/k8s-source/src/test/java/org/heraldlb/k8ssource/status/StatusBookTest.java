package org.heraldlb.k8ssource.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.mirror.ServiceFacts;
import org.heraldlb.k8ssource.mirror.ServiceFacts.Ingress;
import org.heraldlb.testkit.IntentBuilder;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.SnapshotBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusBookTest {

    private static final int SERVICES = 6;

    /** An API server, an allocator that follows it late, and a writer whose writes sometimes get there. */
    private static final class World {
        private final Random random;
        private final Map<NamespacedName, ServiceFacts> facts = new HashMap<>();
        private final Map<NamespacedName, Integer> given = new HashMap<>();
        private boolean shadow;
        private int version;

        World(long seed) {
            random = new Random(seed);
        }

        /** Something happens to a service at the API server; its name. */
        NamespacedName happens() {
            NamespacedName name = Intents.name("default/s" + random.nextInt(SERVICES));
            ServiceFacts now = facts.get(name);
            if (now == null || random.nextInt(8) == 0) {
                now = new ServiceFacts("uid" + random.nextInt(3), "", true, List.of(), Optional.empty());
            }
            List<Ingress> ingress = now.ingress();
            Optional<String> pool = now.pool();
            boolean balancer = now.loadBalancer();
            switch (random.nextInt(6)) {
                case 0 -> ingress = List.of(new Ingress("192.0.2." + random.nextInt(3), "VIP"));
                case 1 -> ingress = List.of();
                case 2 -> pool = random.nextBoolean() ? Optional.of("lab") : Optional.empty();
                case 3 -> balancer = !balancer;
                default -> {
                    // Another version that means the same.
                }
            }
            facts.put(name, new ServiceFacts(now.uid(), "" + ++version, balancer, ingress, pool));
            if (random.nextInt(10) == 0) {
                facts.remove(name);
            }
            return name;
        }

        void decides() {
            NamespacedName name = Intents.name("default/s" + random.nextInt(SERVICES));
            if (random.nextInt(3) == 0) {
                given.remove(name);
            } else {
                given.put(name, random.nextInt(5) - 2);
            }
            shadow ^= random.nextInt(10) == 0;
        }

        SystemSnapshot snapshot() {
            IntentBuilder intent = Intents.intent();
            SnapshotBuilder builder = new SnapshotBuilder(1, "node-a");
            facts.forEach((name, known) -> {
                ServiceBuilder service = Intents.service(name.toString())
                        .held(known.ingress().stream().map(Ingress::address).toArray(String[]::new));
                if (!known.loadBalancer()) {
                    service.type(ServiceIntent.Type.CLUSTER_IP);
                }
                if (name.name().equals("s0")) {
                    service.labels("heraldlb.org/takeover=true");
                }
                intent.with(service.build());
                int address = given.getOrDefault(name, 0);
                if (address >= 0 && given.containsKey(name)) {
                    builder.allocation(name.toString(), "lab", "192.0.2." + address);
                } else if (address < 0) {
                    String code = address == -1 ? "exhausted" : "waitingForAllocator";
                    builder.failure(name.toString(), Problem.error(code, "Service " + name, "none"));
                }
            });
            return builder.intent(intent.build())
                    .cluster(new SystemSnapshot.Cluster(Optional.empty(), Maintenance.NONE, List.of(), shadow))
                    .build();
        }
    }

    private static Function<NamespacedName, Optional<ServiceFacts>> known(Map<NamespacedName, ServiceFacts> facts) {
        return name -> Optional.ofNullable(facts.get(name));
    }

    private static List<StatusWrite> whole(SystemSnapshot snapshot, Map<NamespacedName, ServiceFacts> facts) {
        List<StatusWrite> writes = new ArrayList<>();
        facts.forEach((name, known) -> StatusPlan.missing(snapshot, name, known).ifPresent(writes::add));
        return writes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsMissingIsWhatALookAtAllServicesFinds(long seed) {
        World world = new World(seed);
        StatusBook book = new StatusBook();
        SystemSnapshot snapshot = world.snapshot();
        book.take(snapshot);
        int found = 0;
        for (int step = 0; step < 2000; step++) {
            switch (world.random.nextInt(3)) {
                case 0 -> book.changed(world.happens());
                case 1 -> world.decides();
                default -> book.take(snapshot = world.snapshot());
            }
            if (world.random.nextBoolean()) {
                List<StatusWrite> missing = book.missing(known(world.facts));
                assertThat(missing).containsExactlyInAnyOrderElementsOf(whole(snapshot, world.facts));
                found += missing.size();
            }
        }
        assertThat(found).as("writes that were missing").isPositive();
    }

    @Test
    void whatIsWrittenIsNotLookedAtAgain() {
        NamespacedName web = Intents.name("default/web");
        Ingress ingress = new Ingress("192.0.2.1", "VIP");
        Map<NamespacedName, ServiceFacts> facts =
                Map.of(web, new ServiceFacts("uid", "7", true, List.of(ingress), Optional.of("lab")));
        List<NamespacedName> asked = new ArrayList<>();
        Function<NamespacedName, Optional<ServiceFacts>> noted = name -> {
            asked.add(name);
            return known(facts).apply(name);
        };
        SystemSnapshot snapshot = new SnapshotBuilder(1, "node-a")
                .intent(Intents.intent()
                        .with(Intents.service("default/web").held("192.0.2.1").build())
                        .build())
                .allocation("default/web", "lab", "192.0.2.1")
                .build();
        StatusBook book = new StatusBook();
        assertThat(book.take(snapshot)).isTrue();
        assertThat(book.missing(noted)).isEmpty();
        assertThat(book.take(snapshot)).isFalse();
        assertThat(book.missing(noted)).isEmpty();
        assertThat(asked).containsExactly(web);
    }

    @Test
    void servicesOfOtherSourcesAreNotWritten() {
        StatusBook book = new StatusBook();
        book.take(new SnapshotBuilder(1, "node-a")
                .intent(Intents.intent()
                        .with(Intents.service("default/web").build())
                        .build())
                .allocation("default/web", "lab", "192.0.2.1")
                .build());
        assertThat(book.missing(name -> Optional.empty())).isEmpty();
    }
}
