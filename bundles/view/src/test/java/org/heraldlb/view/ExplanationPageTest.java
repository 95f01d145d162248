package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.ips;
import static org.heraldlb.testkit.Intents.name;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.Explanation;
import org.junit.jupiter.api.Test;

class ExplanationPageTest {

    private static final Explanation GIVEN = new Explanation(
            name("web"),
            new AllocationTrace(
                    name("web"),
                    Optional.of(new Allocation(name("web"), "lab", ips("192.0.2.10"))),
                    "automatic",
                    List.of(
                            new AllocationTrace.Step("closed", false, "notAutoAssign", "autoAssign is false"),
                            new AllocationTrace.Step("lab", true, "chosen", "first with a free address"))),
            Optional.empty(),
            List.of(new Explanation.AddressElection(
                    ip("192.0.2.10"),
                    "one",
                    "lowest hash",
                    List.of(
                            new Explanation.Candidate("one", "", 0, "00aa"),
                            new Explanation.Candidate("two", "network unavailable", 0, "")))),
            List.of(new Explanation.RouteDecision(
                    "one",
                    "tor",
                    Optional.of(IpPrefix.parse("192.0.2.10/32")),
                    true,
                    "advertisement all",
                    List.of("localPref 200 from all"))));

    @Test
    void everyDecisionIsOnThePage() {
        assertThat(ExplanationPage.of(GIVEN).text(Paper.PLAIN)).isEqualTo("""
                default/web: 192.0.2.10 from pool lab (automatic)

                Pools considered
                POOL    CHOSEN  CODE           REASON
                closed  no      notAutoAssign  autoAssign is false
                lab     yes     chosen         first with a free address

                192.0.2.10 on the link: one (lowest hash)
                NODE  SCORE  HASH  EXCLUDED
                one       0  00aa  -
                two       0  -     network unavailable

                Routes
                NODE  PEER  PREFIX         ANNOUNCED  REASON             ATTRIBUTES
                one   tor   192.0.2.10/32  yes        advertisement all  localPref 200 from all
                """);
    }

    @Test
    void aServiceWithoutAnAddressShowsItsProblem() {
        Explanation nothing = new Explanation(
                name("late"),
                new AllocationTrace(name("late"), Optional.empty(), "", List.of()),
                Optional.of(Sample.FULL),
                List.of(),
                List.of());
        assertThat(ExplanationPage.of(nothing).text(Paper.PLAIN))
                .startsWith("default/late: no address\nno pool has a free IPv4 address left [exhausted]\n");
    }

    @Test
    void jsonHoldsTheSame() {
        assertThat(Json.compact(ExplanationPage.of(GIVEN)))
                .contains(
                        "\"service\":\"default/web\"",
                        "\"code\":\"notAutoAssign\"",
                        "\"excluded\":\"network unavailable\"");
    }
}
