package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.system.SystemSnapshot;
import org.junit.jupiter.api.Test;

class RowsTest {

    private final SystemSnapshot sample = Sample.builder().build();

    @Test
    void aServiceShowsAddressPoolAndWhoAnnouncesIt() {
        assertThat(ServiceRow.of(sample)).anySatisfy(row -> {
            assertThat(row.name()).isEqualTo("default/web");
            assertThat(row.addresses()).containsExactly("192.0.2.10");
            assertThat(row.pool()).contains("lab");
            assertThat(row.layer2()).containsExactly("one");
            assertThat(row.bgp()).containsExactly("tor");
            assertThat(row.problem()).isEmpty();
        });
    }

    @Test
    void aServiceWithoutAnAddressShowsWhy() {
        assertThat(ServiceRow.of(sample))
                .extracting(ServiceRow::name, row -> row.problem().orElse(""))
                .contains(org.assertj.core.groups.Tuple.tuple("default/late", Sample.FULL.text()));
    }

    @Test
    void aPoolShowsItsUsersAndWhatIsLeft() {
        assertThat(PoolRow.of(sample)).singleElement().satisfies(row -> {
            assertThat(row.assignedIPv4()).isEqualTo(1);
            assertThat(row.availableIPv4()).isZero();
            assertThat(row.services()).containsExactly("default/web");
        });
    }

    @Test
    void anAddressOnTheLinkShowsItsOwnerAndItsInterfaces() {
        assertThat(Layer2Row.of(sample)).singleElement().satisfies(row -> {
            assertThat(row.node()).isEqualTo("one");
            assertThat(row.interfaces()).containsExactly("eth0");
            assertThat(row.state()).contains("announced");
            assertThat(row.services()).containsExactly("default/web");
        });
    }

    @Test
    void aPeerShowsItsSession() {
        assertThat(PeerRow.of(sample)).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo("Established");
            assertThat(row.planned()).isEqualTo(1);
            assertThat(row.bfd()).contains("Up");
        });
    }

    @Test
    void aPeerThatNobodyRunsIsIdle() {
        SystemSnapshot alone = new org.heraldlb.testkit.SnapshotBuilder(1, "one")
                .peer(sample.plans().bgp().peers().get(0))
                .build();
        assertThat(PeerRow.of(alone)).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo("Idle");
            assertThat(row.announcer()).isEmpty();
            assertThat(row.remote()).isEqualTo("10.0.0.254:179");
        });
    }

    @Test
    void aRouteShowsItsAttributesAndState() {
        assertThat(RouteRow.of(sample)).singleElement().satisfies(row -> {
            assertThat(row.localPref()).hasValue(200);
            assertThat(row.communities()).containsExactly("64512:7");
            assertThat(row.state()).contains("announced");
        });
    }

    @Test
    void nodesShowWhatTheyOwnAndWhyTheyDoNot() {
        assertThat(NodeRow.of(sample))
                .hasSize(2)
                .satisfiesExactly(one -> assertThat(one.owns()).isEqualTo(1), two -> assertThat(two.usable())
                        .isFalse());
    }

    @Test
    void aNodeWithoutAnyDocumentKnowsItself() {
        assertThat(NodeRow.of(new org.heraldlb.testkit.SnapshotBuilder(0, "solo").build()))
                .extracting(NodeRow::name)
                .containsExactly("solo");
    }

    @Test
    void aProblemIsOneLineWithPlaceValueAndFix() {
        Problem problem = Problem.error("badRange", "IPAddressPool lab", "start is after end")
                .at("pools.yaml#1", "spec.addresses[0]", "9-1")
                .withFix("swap them");
        assertThat(ProblemRow.of(problem).line())
                .isEqualTo("start is after end (pools.yaml#1: spec.addresses[0] = 9-1); swap them [badRange]");
    }

    @Test
    void announcedAddressesAreThoseOnTheWire() {
        assertThat(Announced.of(sample))
                .containsExactly(
                        new Announced("default/web", "layer2", "one", "192.0.2.10"),
                        new Announced("default/web", "bgp", "one", "192.0.2.10"));
    }

    @Test
    void noViewHoldsASecret() {
        List<Object> everything = List.of(
                Listing.services(ServiceRow.of(sample)).tree(sample),
                Listing.pools(PoolRow.of(sample)).tree(sample),
                Listing.peers(sample).tree(sample),
                Listing.routes(sample).tree(sample),
                Listing.nodes(sample).tree(sample),
                Listing.layer2(sample).tree(sample),
                Listing.problems(sample).tree(sample),
                Status.of(sample, List.of()));
        assertThat(Json.compact(everything)).doesNotContain("hunter2");
    }
}
