package org.heraldlb.l2.speaker;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.Verdict;
import org.heraldlb.l2.responder.VerdictCounts;

/** All counters of the announcer, as metrics. The loop owns it; what capture threads count is only read here. */
final class Counters {

    private static final Verdict[] VERDICTS = Verdict.values();

    private final Map<IpAddress, AddressCounts> byAddress = new HashMap<>();
    private final Map<IpFamily, long[]> ofClosed = new EnumMap<>(IpFamily.class);
    private long lostByClosed;

    Counters() {
        for (IpFamily family : IpFamily.values()) {
            ofClosed.put(family, new long[VERDICTS.length]);
        }
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
        VerdictCounts counts = station.listener().counts();
        long[] sums = ofClosed.get(station.port().family());
        for (Verdict verdict : VERDICTS) {
            sums[verdict.ordinal()] += counts.of(verdict);
        }
        lostByClosed += counts.lost();
    }

    /** Metric names with labels, without the prefix of the product. */
    Map<String, Long> metrics(Collection<Station> open) {
        Map<String, Long> metrics = new HashMap<>();
        for (IpFamily family : IpFamily.values()) {
            for (Verdict verdict : VERDICTS) {
                long sum = ofClosed.get(family)[verdict.ordinal()] + sum(open, family, verdict);
                metrics.put(frames(family, verdict), sum);
            }
        }
        long lost = open.stream()
                .mapToLong(station -> station.listener().counts().lost())
                .sum();
        metrics.put("layer2_replies_lost", lostByClosed + lost);
        byAddress.forEach((address, counts) -> {
            String label = "{ip=\"" + address + "\"}";
            metrics.put("layer2_requests_received" + label, counts.requests());
            metrics.put("layer2_responses_sent" + label, counts.responses());
            metrics.put("layer2_gratuitous_sent" + label, counts.gratuitous());
        });
        return metrics;
    }

    private static long sum(Collection<Station> open, IpFamily family, Verdict verdict) {
        return open.stream()
                .filter(station -> station.port().family() == family)
                .mapToLong(station -> station.listener().counts().of(verdict))
                .sum();
    }

    private static String frames(IpFamily family, Verdict verdict) {
        String protocol = family == IpFamily.IPV4 ? "arp" : "ndp";
        return "layer2_frames{protocol=\"" + protocol + "\",verdict=\"" + verdict.label() + "\"}";
    }

    /** Grows whenever anything was counted: tells cheaply whether {@link #metrics} has news. */
    long activity(Collection<Station> open) {
        long sum = lostByClosed;
        for (Station station : open) {
            for (Verdict verdict : VERDICTS) {
                sum += station.listener().counts().of(verdict);
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
