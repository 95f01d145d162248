package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.testkit.Intents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a peer's documents make of the BFD session that is asked for. */
class BfdWatchTest {

    private static final IpAddress TOR = IpAddress.parse("10.0.0.2");
    private static final SpeakerSettings SETTINGS =
            new SpeakerSettings(Optional.empty(), 179, SpeakerSettings.Timers.DEFAULT, false, 10);

    static BfdProfile profile(boolean echoMode, int echoInterval) {
        return new BfdProfile(
                ObjectRef.of(Kind.BFD_PROFILE, "fast"),
                new Origin("test", "test"),
                new BfdProfile.Timing(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        echoInterval == 0 ? OptionalInt.empty() : OptionalInt.of(echoInterval),
                        OptionalInt.empty()),
                echoMode,
                false,
                OptionalInt.empty());
    }

    @ParameterizedTest
    @CsvSource({"false, 0, 0", "false, 100, 0", "true, 0, 50000", "true, 100, 100000"})
    void echoes_are_asked_for_where_the_profile_says_so(boolean mode, int millis, int micros) {
        assertThat(BfdWatch.timing(profile(mode, millis)).requiredMinEchoRxMicros())
                .isEqualTo(micros);
    }

    @Test
    void the_session_is_in_the_vrf_of_the_peer() {
        Peer.Endpoint endpoint =
                new Peer.Endpoint(Optional.of(TOR), Optional.empty(), Optional.empty(), 179, Optional.of("red"), true);
        PeerPlan plan = new PeerPlan(
                Intents.peer("tor", "10.0.0.2").endpoint(endpoint).build(),
                Optional.empty(),
                Optional.of(profile(false, 0)),
                List.of());
        assertThat(BfdWatch.key(plan, PeerConfig.of(plan, TOR, SETTINGS)))
                .isEqualTo(new BfdSessionKey(TOR, Optional.empty(), Optional.empty(), true, Optional.of("red"), false));
    }
}
