package org.heraldlb.observability.metrics;

import java.util.List;
import java.util.function.ToLongFunction;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.api.system.SystemSnapshot.SourceStatus;
import org.heraldlb.observability.metrics.Exposition.Type;
import org.heraldlb.view.Announced;
import org.heraldlb.view.PeerRow;

/** Metrics whose names and labels are MetalLB's, so that its alerts and dashboards work unchanged. */
final class MetalLbMetrics {

    private static final String POOL = "metallb_allocator_";
    private static final List<String> MESSAGES = List.of(
            "bgp_updates_total",
            "bgp_opens_sent",
            "bgp_opens_received",
            "bgp_notifications_sent",
            "bgp_updates_total_received",
            "bgp_keepalives_sent",
            "bgp_keepalives_received",
            "bgp_route_refresh_sent",
            "bgp_total_sent",
            "bgp_total_received");

    private final Exposition out;
    private final SystemSnapshot snapshot;

    MetalLbMetrics(Exposition out, SystemSnapshot snapshot) {
        this.out = out;
        this.snapshot = snapshot;
    }

    void write() {
        pools();
        configuration();
        announced();
        layer2();
        sessions();
        messages();
    }

    /** MetalLB counts by address; ours have the same names. */
    private void layer2() {
        List<Sample> samples = Sample.of(snapshot.progress().announcers());
        for (String name : List.of("layer2_requests_received", "layer2_responses_sent", "layer2_gratuitous_sent")) {
            out.family("metallb_" + name, Type.COUNTER, "As MetalLB counts it, by address");
            samples.stream()
                    .filter(sample ->
                            sample.name().equals(name) && sample.labels().startsWith("ip="))
                    .forEach(sample -> out.labelled("metallb_" + name, sample.value(), sample.labels()));
        }
    }

    private void pools() {
        pool("addresses_in_use_total", "Addresses in use", use -> sum(use.assignedIPv4(), use.assignedIPv6()));
        pool("ipv4_addresses_in_use_total", "IPv4 addresses in use", PoolUsage::assignedIPv4);
        pool("ipv6_addresses_in_use_total", "IPv6 addresses in use", PoolUsage::assignedIPv6);
        pool("addresses_total", "Addresses of the pool", use -> sum(v4(use), v6(use)));
        pool("ipv4_addresses_total", "IPv4 addresses of the pool", MetalLbMetrics::v4);
        pool("ipv6_addresses_total", "IPv6 addresses of the pool", MetalLbMetrics::v6);
    }

    private static long v4(PoolUsage usage) {
        return sum(usage.assignedIPv4(), usage.availableIPv4());
    }

    private static long v6(PoolUsage usage) {
        return sum(usage.assignedIPv6(), usage.availableIPv6());
    }

    /** Saturating: an IPv6 pool may hold more than a long. */
    private static long sum(long first, long second) {
        return first > Long.MAX_VALUE - second ? Long.MAX_VALUE : first + second;
    }

    private void pool(String name, String help, ToLongFunction<PoolUsage> value) {
        out.family(POOL + name, Type.GAUGE, help);
        snapshot.allocation()
                .usage()
                .forEach(usage -> out.sample(POOL + name, value.applyAsLong(usage), "pool", usage.pool()));
    }

    private void configuration() {
        List<SourceStatus> sources = snapshot.progress().sources();
        boolean loaded = !sources.isEmpty() && sources.stream().allMatch(SourceStatus::synced);
        boolean stale = sources.stream().anyMatch(source -> source.problems() > 0);
        flag("metallb_k8s_client_config_loaded_bool", "1 when a configuration has been loaded", loaded);
        flag("metallb_k8s_client_config_stale_bool", "1 when a part was refused and an older state runs", stale);
    }

    private void flag(String name, String help, boolean value) {
        out.family(name, Type.GAUGE, help).sample(name, value ? 1 : 0);
    }

    private void announced() {
        String name = "metallb_speaker_announced";
        out.family(name, Type.GAUGE, "1 for each address that this node announces");
        for (Announced each : Announced.of(snapshot)) {
            String[] labels = {
                "service", each.service(), "protocol", each.protocol(), "node", each.node(), "ip", each.address()
            };
            out.sample(name, 1, labels);
        }
    }

    private void sessions() {
        List<PeerRow> peers = PeerRow.of(snapshot);
        peer("metallb_bgp_session_up", "1 when the session is Established", peers, MetalLbMetrics::up);
        peer("metallb_bgp_announced_prefixes_total", "Prefixes told to the peer", peers, PeerRow::advertised);
        peer("metallb_bgp_pending_prefixes_total", "Prefixes not yet told to the peer", peers, MetalLbMetrics::pending);
    }

    /** Counters by peer: those of MetalLB's native mode and of its FRR exporter. */
    private void messages() {
        List<Sample> samples = Sample.of(snapshot.progress().announcers());
        for (String name : MESSAGES) {
            List<Sample> ofPeers = samples.stream()
                    .filter(sample ->
                            sample.name().equals(name) && sample.labels().startsWith("peer="))
                    .toList();
            out.family("metallb_" + name, Type.COUNTER, "As MetalLB counts it, by peer");
            ofPeers.forEach(sample -> out.labelled("metallb_" + name, sample.value(), sample.labels()));
        }
    }

    private static long up(PeerRow peer) {
        return peer.state().equals("Established") ? 1 : 0;
    }

    private static long pending(PeerRow peer) {
        return Math.max(0, peer.planned() - peer.advertised());
    }

    private void peer(String name, String help, List<PeerRow> peers, ToLongFunction<PeerRow> value) {
        out.family(name, Type.GAUGE, help);
        peers.forEach(peer -> out.sample(name, value.applyAsLong(peer), "peer", peer.remote()));
    }
}
