package org.heraldlb.view;

import static org.heraldlb.testkit.Intents.intent;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.testkit.SnapshotBuilder;

/** One node of two, with a service that works, one that does not, and a BGP session. */
final class Sample {

    static final Problem FULL =
            Problem.error("exhausted", "Service default/late", "no pool has a free IPv4 address left");

    private Sample() {}

    static SnapshotBuilder builder() {
        return new SnapshotBuilder(7, "one")
                .intent(intent().with(pool("lab", "192.0.2.10-192.0.2.10").build())
                        .with(service("web").build(), service("late").build())
                        .with(node("one").labels("rack=a").addresses("10.0.0.1").build())
                        .with(node("two").networkUnavailable().build())
                        .build())
                .allocation("web", "lab", "192.0.2.10")
                .failure("late", FULL)
                .usage(new PoolUsage("lab", 1, 0, 0, 0))
                .owner("192.0.2.10", "one", "lowest hash")
                .peer(peerPlan())
                .source("file", true, 4, 0)
                .announcer(layer2(7, true))
                .announcer(bgp());
    }

    static AnnouncerStatus layer2(long generation, boolean ready) {
        return new AnnouncerStatus(
                "l2",
                generation,
                ready,
                List.of(new AnnouncementStatus(
                        IpPrefix.host(ip("192.0.2.10")), AnnouncementStatus.State.ANNOUNCED, List.of("eth0"), "")),
                List.of(),
                List.of(),
                Map.of("l2_requests_total", 3L));
    }

    private static PeerPlan peerPlan() {
        RouteAttributes attributes = new RouteAttributes(
                OptionalLong.of(200),
                List.of(Community.of(64512, 7)),
                List.of(),
                OptionalLong.empty(),
                0,
                OptionalLong.empty());
        return new PeerPlan(
                peer("tor", "10.0.0.254").build(),
                Optional.of(new SecretValue("hunter2")),
                Optional.empty(),
                List.of(new Route(IpPrefix.parse("192.0.2.10/32"), attributes)));
    }

    private static AnnouncerStatus bgp() {
        SessionStatus session = new SessionStatus(
                "tor",
                "10.0.0.254:179",
                SessionStatus.State.ESTABLISHED,
                Instant.parse("2026-01-01T00:00:00Z"),
                1,
                5,
                "",
                Optional.of("Up"),
                Map.of());
        return new AnnouncerStatus(
                "native",
                7,
                true,
                List.of(new AnnouncementStatus(
                        IpPrefix.parse("192.0.2.10/32"), AnnouncementStatus.State.ANNOUNCED, List.of("tor"), "")),
                List.of(session),
                List.of(),
                Map.of());
    }
}
