package org.heraldlb.frr.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BfdProfile.Authentication;
import org.heraldlb.api.intent.BfdProfile.AuthenticationType;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.frr.config.Running;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.PeerBuilder;
import org.junit.jupiter.api.Test;

/** What FRR has no words for is one problem, and the session runs with the rest. */
class LimitsTest {

    private static final FrrSettings KEEPING =
            new FrrSettings(Optional.empty(), false, 120, 2, OptionalInt.empty(), true, 10);

    private static PeerBuilder tor() {
        return Intents.peer("tor", "192.0.2.1");
    }

    private static PeerBuilder with(PeerBuilder peer, Peer.Extensions extensions) {
        return peer.options(new Peer.Options(Optional.empty(), Optional.of("fast"), false, false, false, extensions));
    }

    private static Peer.Extensions extensions(Peer.Role role, Integer maxPrefixes, Boolean multihop, boolean strict) {
        return new Peer.Extensions(
                false,
                OptionalInt.empty(),
                Optional.ofNullable(role),
                maxPrefixes == null ? OptionalInt.empty() : OptionalInt.of(maxPrefixes),
                Optional.ofNullable(multihop),
                strict);
    }

    private static Target render(PeerPlan plan) {
        return Rendering.of(Plans.of(plan), KEEPING, Running.NOTHING);
    }

    private static void saysOnce(PeerPlan plan, String what) {
        Target target = render(plan);
        assertThat(target.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("frrUnsupported");
            assertThat(problem.subject()).isEqualTo("BGPPeer tor");
            assertThat(problem.text()).startsWith(what);
        });
        assertThat(target.neighbors()).containsKey("tor");
    }

    @Test
    void extensionsThatFrrLacks() {
        BfdProfile fast = Plans.profile("fast", 100, 3, false);
        saysOnce(Plans.watched(with(tor(), extensions(null, null, null, true)), fast), "bfdStrict: ");
        saysOnce(Plans.watched(with(tor(), extensions(null, null, true, false)), fast), "bfdMultihop: ");
        saysOnce(Plans.told(with(tor(), extensions(null, 100, null, false))), "maxPrefixes: ");
        saysOnce(
                Plans.told(with(tor().as(64_512, 64_512), extensions(Peer.Role.CUSTOMER, null, null, false))),
                "role: ");
        saysOnce(
                Plans.told(tor().as(new Peer.As(
                        64_512, OptionalLong.of(64_512), Optional.empty(), OptionalLong.of(64_600)))),
                "localASN: ");
    }

    @Test
    void authenticatedBfdIsLeftOutInsteadOfBeingDoneWithout() {
        BfdProfile plain = Plans.profile("fast", 100, 3, false);
        BfdProfile secret = new BfdProfile(
                plain.ref(),
                plain.origin(),
                plain.timing(),
                false,
                false,
                OptionalInt.empty(),
                Optional.of(new Authentication(
                        AuthenticationType.KEYED_SHA1, 1, Optional.of(new SecretValue("k3y")), Optional.empty())));
        PeerPlan plan = Plans.watched(tor(), secret);

        saysOnce(plan, "authentication of its BFDProfile: ");
        assertThat(render(plan).config().print()).doesNotContain("bfd").doesNotContain("k3y");
        assertThat(render(plan).problems()).extracting(Problem::text).noneMatch(text -> text.contains("k3y"));
    }

    @Test
    void bandwidthInWholeMegabits() {
        saysOnce(bandwidth(12_500_001), "link bandwidth: ");
        saysOnce(bandwidth(1), "link bandwidth: ");
        saysOnce(bandwidth(125_000L * 30_000), "link bandwidth: ");
        assertThat(render(bandwidth(12_500_000)).problems()).isEmpty();
    }

    private static PeerPlan bandwidth(long bytes) {
        return Plans.told(
                tor(),
                Plans.route(
                        "203.0.113.1/32",
                        new RouteAttributes(
                                OptionalLong.empty(),
                                List.of(),
                                List.of(),
                                OptionalLong.empty(),
                                0,
                                OptionalLong.of(bytes))));
    }
}
