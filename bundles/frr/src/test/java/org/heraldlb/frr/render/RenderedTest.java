package org.heraldlb.frr.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.frr.config.Delta;
import org.heraldlb.frr.config.FakeFrr;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What is made of a plan by its differences is what would be made of it from the beginning. */
class RenderedTest {

    private static final List<RouteAttributes> ATTRIBUTES =
            List.of(RouteAttributes.NONE, Plans.attributes(150, "65001:1"), Plans.attributes(-1, "65001:2"));
    private static final int STEPS = 30;

    /** What an operator may have there. */
    private static final List<String> PRESENT = List.of(
            "",
            "",
            "router bgp 64512\n no bgp network import-check\n address-family ipv4 unicast\n  network 203.0.113.3/32\n",
            "router bgp 64512\n neighbor 192.0.2.3 remote-as 1\n");

    @RepeatedTest(100)
    void differencesLeadToTheSameAsTheBeginning(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Running running = Running.of(Section.parse(PRESENT.get(random.nextInt(PRESENT.size()))));
        List<List<Route>> lists = List.of(routes(random), routes(random), routes(random));
        BgpPlan plan = withRoutes(Plans.random(random), lists, random);
        Rendered rendered = Rendering.of(plan, FrrSettings.DEFAULT, running, Map.of());
        for (int step = 0; step < STEPS; step++) {
            lists = lists.stream().map(list -> changed(list, random)).toList();
            plan = withRoutes(
                    random.nextInt(10) == 0 ? Plans.random(random) : plan,
                    lists,
                    new SplittableRandom(random.nextInt(3)));
            Rendered whole = Rendering.of(plan, FrrSettings.DEFAULT, running, Map.of());

            Optional<Rendered.Step> next = rendered.next(plan);

            if (next.isPresent()) {
                String where = "seed " + repetition.getCurrentRepetition() + " step " + step;
                Section before = rendered.target().config();
                assertThat(next.get().rendered().target()).as(where).isEqualTo(whole.target());
                Delta expected = Delta.between(
                        new Running(before, running.instances()), whole.target().config());
                assertThat(next.get().delta().bgpd()).as(where).containsExactlyInAnyOrderElementsOf(expected.bgpd());
                assertThat(next.get().delta().bfdd()).as(where).isEmpty();
                assertThat(next.get().delta().resets()).as(where).isEmpty();
                assertThat(told(before, next.get().delta())).as(where).isEqualTo(told(before, expected));
                assertThat(next.get().touched().isEmpty())
                        .as(where)
                        .isEqualTo(next.get().delta().isEmpty());
                rendered = next.get().rendered();
            } else {
                rendered = whole;
            }
        }
    }

    private static List<String> told(Section before, Delta delta) {
        return new FakeFrr()
                .say(Delta.between(Running.NOTHING, before).bgpd())
                .say(delta.bgpd())
                .running()
                .lines()
                .sorted()
                .toList();
    }

    @Test
    void aServiceMoreNeedsNoLookAtTheOthers() {
        Route one = Plans.route("203.0.113.1/32");
        Route two = Plans.route("203.0.113.2/32");
        PeerPlan tor = Plans.told(org.heraldlb.testkit.Intents.peer("tor", "192.0.2.1"), one);
        PeerPlan more = new PeerPlan(tor.peer(), tor.password(), tor.bfd(), List.of(one, two));
        Rendered before = Rendering.of(Plans.of(tor), FrrSettings.DEFAULT, Running.NOTHING, Map.of());

        Rendered.Step step = before.next(Plans.of(more)).orElseThrow();

        assertThat(step.touched()).singleElement().satisfies(touched -> {
            assertThat(touched.prefix()).isEqualTo(two.prefix());
            assertThat(touched.tag()).isEmpty();
        });
        assertThat(step.delta().bgpd()).hasSize(5).anyMatch(line -> line.startsWith("network 203.0.113.2/32 "));
        assertThat(step.rendered().next(Plans.of(tor)).orElseThrow().touched())
                .singleElement()
                .satisfies(touched -> assertThat(touched.tag()).isPresent());
    }

    @Test
    void anotherKindOfRouteAndAnotherSessionAreMoreThanRoutes() {
        PeerPlan tor = Plans.told(org.heraldlb.testkit.Intents.peer("tor", "192.0.2.1"), Plans.route("203.0.113.1/32"));
        Rendered before = Rendering.of(Plans.of(tor), FrrSettings.DEFAULT, Running.NOTHING, Map.of());

        assertThat(before.next(Plans.of(Plans.told(
                        org.heraldlb.testkit.Intents.peer("tor", "192.0.2.1"),
                        Plans.route("203.0.113.1/32", Plans.attributes(150))))))
                .isEmpty();
        assertThat(before.next(Plans.of(Plans.told(org.heraldlb.testkit.Intents.peer("tor", "192.0.2.2")))))
                .isEmpty();
        assertThat(before.next(Plans.of())).isEmpty();
    }

    /** Peers share the lists, as in real plans, in a way that {@code random} decides. */
    private static BgpPlan withRoutes(BgpPlan plan, List<List<Route>> lists, SplittableRandom random) {
        List<PeerPlan> peers = new ArrayList<>();
        for (PeerPlan peer : plan.peers()) {
            peers.add(new PeerPlan(peer.peer(), peer.password(), peer.bfd(), lists.get(random.nextInt(lists.size()))));
        }
        return new BgpPlan(plan.generation() + 1, plan.node(), peers);
    }

    private static List<Route> routes(SplittableRandom random) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (random.nextBoolean()) {
                routes.add(new Route(prefix(i), ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()))));
            }
        }
        return List.copyOf(routes);
    }

    private static IpPrefix prefix(int i) {
        return IpPrefix.parse(i < 12 ? "203.0.113." + i + "/32" : "fd00:113::" + Integer.toHexString(i) + "/128");
    }

    private static List<Route> changed(List<Route> routes, SplittableRandom random) {
        TreeMap<IpPrefix, Route> changed = new TreeMap<>();
        routes.forEach(route -> changed.put(route.prefix(), route));
        for (int count = random.nextInt(3); count > 0; count--) {
            IpPrefix prefix = prefix(random.nextInt(20));
            if (random.nextBoolean()) {
                changed.remove(prefix);
            } else {
                changed.put(prefix, new Route(prefix, ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()))));
            }
        }
        return changed.values().equals(routes) ? routes : List.copyOf(changed.values());
    }
}
