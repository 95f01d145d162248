package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.PeerBuilder;
import org.heraldlb.view.SessionChange;
import org.heraldlb.view.SessionChange.Effect;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@code plan --diff} says about a session is what the speaker does with it. */
class SessionChangeTest {

    private static final PeerPlan BEFORE = plan(peer -> peer);

    private static PeerPlan plan(UnaryOperator<PeerBuilder> change) {
        PeerBuilder base = Intents.peer("tor", "10.0.0.1").as(65001, 65002).timers(timers(90, 30, 2));
        return new PeerPlan(change.apply(base).build(), Optional.empty(), Optional.empty(), List.of());
    }

    private static Peer.Timers timers(int hold, int keepalive, int connect) {
        return new Peer.Timers(
                Optional.of(Duration.ofSeconds(hold)),
                Optional.of(Duration.ofSeconds(keepalive)),
                Optional.of(Duration.ofSeconds(connect)));
    }

    private static Peer.Endpoint endpoint(String address, String source, int port, String vrf, boolean multihop) {
        return new Peer.Endpoint(
                Optional.of(IpAddress.parse(address)),
                Optional.empty(),
                Optional.ofNullable(source).map(IpAddress::parse),
                port,
                Optional.ofNullable(vrf),
                multihop);
    }

    private static Peer.Extensions extensions(boolean passive, int hops, Peer.Role role, int prefixes) {
        return new Peer.Extensions(
                passive,
                hops == 0 ? OptionalInt.empty() : OptionalInt.of(hops),
                Optional.ofNullable(role),
                prefixes == 0 ? OptionalInt.empty() : OptionalInt.of(prefixes),
                Optional.empty());
    }

    private static UnaryOperator<PeerBuilder> options(
            String routerId, boolean graceful, boolean both, Peer.Extensions extensions) {
        Optional<IpAddress> id = Optional.ofNullable(routerId).map(IpAddress::parse);
        return peer -> peer.options(new Peer.Options(id, Optional.empty(), graceful, false, both, extensions));
    }

    private static Map<String, UnaryOperator<PeerBuilder>> changes() {
        Map<String, UnaryOperator<PeerBuilder>> changes = new LinkedHashMap<>();
        changes.put("nothing", peer -> peer);
        changes.put("myASN", peer -> peer.as(65009, 65002));
        changes.put("peerASN", peer -> peer.as(65001, 65009));
        changes.put(
                "localASN",
                peer -> peer.as(new Peer.As(65001, OptionalLong.of(65002), Optional.empty(), OptionalLong.of(65010))));
        changes.put(
                "myASN behind localASN",
                peer -> peer.as(new Peer.As(65077, OptionalLong.of(65002), Optional.empty(), OptionalLong.of(65001))));
        changes.put(
                "dynamicASN",
                peer -> peer.as(new Peer.As(
                        65001, OptionalLong.empty(), Optional.of(Peer.DynamicAs.EXTERNAL), OptionalLong.empty())));
        changes.put("peerAddress", peer -> peer.endpoint(endpoint("10.0.0.9", null, 179, null, false)));
        changes.put("sourceAddress", peer -> peer.endpoint(endpoint("10.0.0.1", "10.0.0.7", 179, null, false)));
        changes.put("peerPort", peer -> peer.endpoint(endpoint("10.0.0.1", null, 1790, null, false)));
        changes.put("vrf", peer -> peer.endpoint(endpoint("10.0.0.1", null, 179, "red", false)));
        changes.put("ebgpMultiHop", peer -> peer.endpoint(endpoint("10.0.0.1", null, 179, null, true)));
        changes.put("holdTime", peer -> peer.timers(timers(180, 30, 2)));
        changes.put("keepaliveTime", peer -> peer.timers(timers(90, 10, 2)));
        changes.put("connectTime", peer -> peer.timers(timers(90, 30, 20)));
        changes.put("routerID", options("10.9.9.9", false, false, Peer.Extensions.NONE));
        changes.put("enableGracefulRestart", options(null, true, false, Peer.Extensions.NONE));
        changes.put("dualStackAddressFamily", options(null, false, true, Peer.Extensions.NONE));
        changes.put("passive", options(null, false, false, extensions(true, 0, null, 0)));
        changes.put("ttlSecurityHops", options(null, false, false, extensions(false, 1, null, 0)));
        changes.put("role", options(null, false, false, extensions(false, 0, Peer.Role.CUSTOMER, 0)));
        changes.put("maxPrefixes", options(null, false, false, extensions(false, 0, null, 5)));
        Peer.Extensions strict = new Peer.Extensions(
                false, OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), true);
        changes.put("bfdStrict", options(null, false, false, strict));
        return changes;
    }

    private static PeerConfig config(PeerPlan plan) {
        return PeerConfig.of(plan, plan.peer().endpoint().address().orElseThrow(), SpeakerSettings.DEFAULT);
    }

    @TestFactory
    Stream<DynamicTest> the_speaker_resets_what_the_comparison_says() {
        return changes().entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(change.getKey(), () -> {
                    PeerPlan after = plan(change.getValue());
                    boolean said = SessionChange.of(BEFORE, after)
                            .filter(found -> found.effect() == Effect.RESETS)
                            .isPresent();
                    assertThat(said).isEqualTo(!config(BEFORE).goesOnAs(config(after)));
                }));
    }

    @Test
    void a_password_resets_and_a_bfd_profile_does_not() {
        PeerPlan password =
                new PeerPlan(BEFORE.peer(), Optional.of(new SecretValue("s3cret")), Optional.empty(), List.of());
        SessionChange change = SessionChange.of(BEFORE, password).orElseThrow();
        assertThat(change.effect()).isEqualTo(Effect.RESETS);
        assertThat(change.text())
                .isEqualTo("tor: session is reset: password TCP MD5 needs another TCP connection")
                .doesNotContain("s3cret");
        assertThat(config(BEFORE).goesOnAs(config(password))).isFalse();
        BfdProfile profile = new BfdProfile(
                ObjectRef.of(Kind.BFD_PROFILE, "fast"),
                new Origin("test", "test"),
                BfdProfile.Timing.DEFAULT,
                false,
                false,
                OptionalInt.empty());
        PeerPlan bfd = new PeerPlan(BEFORE.peer(), Optional.empty(), Optional.of(profile), List.of());
        assertThat(SessionChange.of(BEFORE, bfd).orElseThrow().effect()).isEqualTo(Effect.GOES_ON);
        assertThat(config(BEFORE).goesOnAs(config(bfd))).isTrue();
    }

    @Test
    void routes_are_no_change_and_peers_come_and_go() {
        PeerPlan routes = new PeerPlan(BEFORE.peer(), Optional.empty(), Optional.empty(), Loopback.routes(3));
        assertThat(SessionChange.of(BEFORE, routes)).isEmpty();
        BgpPlan none = new BgpPlan(1, "node", List.of());
        BgpPlan one = new BgpPlan(2, "node", List.of(BEFORE));
        assertThat(SessionChange.between(none, one))
                .extracting(SessionChange::effect)
                .containsExactly(Effect.BEGINS);
        assertThat(SessionChange.between(one, none))
                .extracting(SessionChange::text)
                .containsExactly("tor: session ends");
        assertThat(SessionChange.between(one, one)).isEmpty();
    }
}
