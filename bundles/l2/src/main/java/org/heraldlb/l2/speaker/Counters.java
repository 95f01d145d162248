package org.heraldlb.l2.speaker;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.Verdict;
import org.heraldlb.l2.responder.VerdictCounts;

/** All counters of the announcer, as metrics. The loop owns it; what capture threads count is only read here. */
final class Counters {

    private static final Verdict[] VERDICTS = Verdict.values();

    private final Map<IpAddress, AddressCounts> byAddress = new HashMap<>();
    private final Map<String, long[]> ofClosed = new TreeMap<>();
    private final SpokenCounts spoken = new SpokenCounts();
    private long lostByClosed;

    Counters() {
        for (String protocol : List.of("arp", "ndp")) {
            ofClosed.put(protocol, new long[VERDICTS.length]);
        }
    }

    /** What the loop itself counts. */
    SpokenCounts spoken() {
        return spoken;
    }

    /** Counts for exactly these addresses; those of others are forgotten. */
    Map<IpAddress, AddressCounts> keep(Collection<IpAddress> addresses) {
        Set<IpAddress> wanted = new HashSet<>(addresses);
        byAddress.keySet().retainAll(wanted);
        wanted.forEach(address -> byAddress.computeIfAbsent(address, key -> new AddressCounts()));
        return byAddress;
    }

    /** What a station counted stays counted when it closes. */
    void closed(Station station) {
        for (Listener listener : station.listeners()) {
            VerdictCounts counts = listener.counts();
            long[] sums = ofClosed.computeIfAbsent(protocol(station, listener), key -> new long[VERDICTS.length]);
            for (Verdict verdict : VERDICTS) {
                sums[verdict.ordinal()] += counts.of(verdict);
            }
            lostByClosed += counts.lost();
        }
    }

    private static String protocol(Station station, Listener listener) {
        boolean v4 = station.port().family() == IpFamily.IPV4;
        if (listener.isEcho()) {
            return v4 ? "icmp" : "icmpv6";
        }
        return v4 ? "arp" : "ndp";
    }

    /** Metric names with labels, without the prefix of the product. */
    Map<String, Long> metrics(Collection<Station> open) {
        Map<String, Long> metrics = new HashMap<>();
        long lost = lostByClosed;
        ofClosed.forEach((protocol, sums) -> add(metrics, protocol, verdict -> sums[verdict.ordinal()]));
        for (Station station : open) {
            for (Listener listener : station.listeners()) {
                add(metrics, protocol(station, listener), listener.counts()::of);
                lost += listener.counts().lost();
            }
        }
        metrics.put("layer2_replies_lost", lost);
        spoken.into(metrics);
        byAddress.forEach((address, counts) -> {
            String label = "{ip=\"" + address + "\"}";
            metrics.put("layer2_requests_received" + label, counts.requests());
            metrics.put("layer2_responses_sent" + label, counts.responses());
            metrics.put("layer2_gratuitous_sent" + label, counts.gratuitous());
        });
        return metrics;
    }

    private static void add(Map<String, Long> metrics, String protocol, ToLongFunction<Verdict> counts) {
        for (Verdict verdict : VERDICTS) {
            String name = "layer2_frames{protocol=\"" + protocol + "\",verdict=\"" + verdict.label() + "\"}";
            metrics.merge(name, counts.applyAsLong(verdict), Long::sum);
        }
    }

    /** Grows whenever anything was counted: tells cheaply whether {@link #metrics} has news. */
    long activity(Collection<Station> open) {
        long sum = lostByClosed + spoken.activity();
        for (Station station : open) {
            for (Listener listener : station.listeners()) {
                for (Verdict verdict : VERDICTS) {
                    sum += listener.counts().of(verdict);
                }
            }
        }
        for (long[] closed : ofClosed.values()) {
            for (long count : closed) {
                sum += count;
            }
        }
        for (AddressCounts counts : byAddress.values()) {
            sum += counts.gratuitous();
        }
        return sum;
    }
}
