package org.heraldlb.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;

import java.util.List;
import java.util.stream.Stream;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.testkit.ipam.AllocationWorld;
import org.junit.jupiter.api.Test;

/** Why a service has what it has: one line for each pool. */
class ExplainTest {

    private final RememberingIpam ipam = new RememberingIpam();
    private final AllocationWorld world = new AllocationWorld(ipam);

    private List<String> explain(String service) {
        AllocationTrace trace = ipam.explain(world.request(), name(service));
        return Stream.concat(
                        Stream.of(trace.summary()),
                        trace.steps().stream()
                                .map(step -> (step.chosen() ? "* " : "- ") + step.pool() + " " + step.code()))
                .toList();
    }

    @Test
    void names_every_pool_in_the_order_of_consideration() {
        world.with(
                pool("a-general", "10.0.0.0/30").build(),
                pool("b-general", "10.0.1.0/30").build(),
                pool("c-asked", "10.0.2.0/30").onRequest().build(),
                pool("d-other", "10.0.3.0/30").namespaces("other").build(),
                pool("e-label", "10.0.4.0/30").serviceSelectors(selector("x=y")).build(),
                pool("f-full", "10.0.5.1/32").priority(1).build(),
                pool("g-six", "fd00::/126").priority(2).build(),
                service("first").build());
        AllocationWorld unsettled = world.with(service("web").build()).holding("web");
        assertThat(explain("web"))
                .containsExactly(
                        "automatic: the first pool that has what the service needs",
                        "- f-full exhausted",
                        "- g-six familyMissing",
                        "* a-general chosen",
                        "- b-general notNeeded",
                        "- c-asked notAutoAssign",
                        "- d-other namespaceMismatch",
                        "- e-label serviceSelectorMismatch");
        assertThat(explain("first").get(0)).isEqualTo("held: the service keeps what it has");
        assertThat(unsettled.settle().addresses("web")).isEqualTo("10.0.0.0");
    }

    @Test
    void says_what_was_asked_for() {
        world.with(pool("a", "10.0.0.0/30").build(), pool("b", "10.0.1.0/30").build());
        world.with(
                service("pool").pool("b").build(),
                service("address").wants("10.0.1.3").build());
        world.holding("pool").holding("address");
        assertThat(explain("pool"))
                .containsExactly("annotated pool: the service asks for this pool", "- a notRequested", "* b chosen");
        assertThat(explain("address"))
                .containsExactly("requested: the service asks for these addresses", "- a notRequested", "* b chosen");
    }

    @Test
    void says_why_there_is_nothing() {
        world.with(
                pool("a", "10.0.0.1/32").build(),
                service("a").build(),
                service("b").build());
        assertThat(explain("b"))
                .containsExactly("Failed to allocate IP for \"default/b\": no available IPs", "- a exhausted");
        assertThat(explain("none")).hasSize(1);
    }

    @Test
    void says_what_is_kept_instead_of_what_is_asked_for() {
        world.with(pool("a", "10.0.0.0/30").build(), service("s").build());
        world.with(service("s").wants("9.9.9.9").build());
        assertThat(explain("s").get(0)).startsWith("held: the service keeps what it has; Failed to allocate IP");
    }
}
