package org.heraldlb.k8ssource.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * What has happened between two snapshots, once each: a service that goes on to be announced is no news. Pure but for what it
 * remembers.
 */
public final class Notices {

    /** MetalLB's reason. */
    private static final String ANNOUNCED = "nodeAssigned";

    private Map<NamespacedName, Allocation> allocations = new HashMap<>();
    private Map<NamespacedName, String> failures = new HashMap<>();
    private Set<String> announced = new HashSet<>();
    private boolean started;
    private boolean begun;
    private boolean informed;

    /**
     * News since the last call, of services that this node speaks for. The first call after a start tells nothing about what
     * works, for it did before, unless {@link #begins} and {@link #knew} say what did.
     *
     * @param reports of {@code snapshot}: what this node announces
     * @param lead this node allocates
     * @param uids by service; empty for those of other sources
     */
    public List<Notice> news(
            SystemSnapshot snapshot,
            Iterable<Report> reports,
            boolean lead,
            Function<NamespacedName, Optional<String>> uids) {
        List<Notice> news = new ArrayList<>();
        if (lead) {
            allocated(snapshot, uids, news);
            failed(snapshot, uids, news);
        } else {
            failures.clear();
        }
        allocations = new HashMap<>(snapshot.allocation().allocations());
        announced(snapshot.node(), reports, uids, news);
        boolean first = !started;
        started = true;
        return first
                ? news.stream()
                        .filter(notice -> notice.warning() || isSurelyNew(notice))
                        .toList()
                : news;
    }

    private boolean isSurelyNew(Notice notice) {
        return notice.reason().equals(ANNOUNCED) ? informed : begun;
    }

    /** What is allocated as this node begins to act: whatever else is, later, is news even to the first look. */
    void begins(SystemSnapshot snapshot) {
        if (!started && !begun) {
            allocations = new HashMap<>(snapshot.allocation().allocations());
            begun = true;
        }
    }

    /**
     * What this node reported when it was last heard of: whatever else it announces is news even to the first snapshot.
     *
     * @param names of reports
     */
    void knew(Collection<String> names) {
        if (!started) {
            announced = Set.copyOf(names);
            informed = true;
        }
    }

    private void allocated(
            SystemSnapshot snapshot, Function<NamespacedName, Optional<String>> uids, List<Notice> news) {
        Map<NamespacedName, Allocation> now = snapshot.allocation().allocations();
        now.forEach((name, allocation) -> {
            Allocation before = allocations.get(name);
            boolean fresh = before == null || !before.addresses().equals(allocation.addresses());
            if (fresh && snapshot.speaksFor(name)) {
                String text = "Assigned IP " + quoted(allocation);
                uids.apply(name).ifPresent(uid -> news.add(new Notice(name, uid, false, "IPAllocated", text)));
            }
        });
        allocations.forEach((name, before) -> {
            if (!now.containsKey(name) && snapshot.speaksFor(name)) {
                String text = "Lost IP " + quoted(before);
                uids.apply(name).ifPresent(uid -> news.add(new Notice(name, uid, false, "ClearAssignment", text)));
            }
        });
    }

    private static String quoted(Allocation allocation) {
        return allocation.addresses().stream()
                .map(one -> '"' + one.toString() + '"')
                .toList()
                .toString();
    }

    private void failed(SystemSnapshot snapshot, Function<NamespacedName, Optional<String>> uids, List<Notice> news) {
        Map<NamespacedName, String> now = new HashMap<>();
        snapshot.allocation().failures().forEach((name, problem) -> {
            if (problem.severity() == Problem.Severity.ERROR && snapshot.speaksFor(name)) {
                String text = whole(name, problem);
                now.put(name, text);
                if (!text.equals(failures.get(name))) {
                    uids.apply(name).ifPresent(uid -> news.add(new Notice(name, uid, true, "AllocationFailed", text)));
                }
            }
        });
        failures = now;
    }

    /** MetalLB's words, which the problem may have already. */
    private static String whole(NamespacedName name, Problem problem) {
        String start = "Failed to allocate IP for ";
        return problem.text().startsWith(start) ? problem.text() : start + '"' + name + "\": " + problem.text();
    }

    private void announced(
            String node, Iterable<Report> reports, Function<NamespacedName, Optional<String>> uids, List<Notice> news) {
        Set<String> now = new HashSet<>();
        for (Report report : reports) {
            Report.Kind kind = report.target().kind();
            if (kind == Report.Kind.L2_STATUS || kind == Report.Kind.BGP_STATUS) {
                now.add(report.target().name());
                if (!announced.contains(report.target().name())) {
                    NamespacedName service =
                            new NamespacedName((String) report.status().get("serviceNamespace"), (String)
                                    report.status().get("serviceName"));
                    String protocol = kind == Report.Kind.L2_STATUS ? "layer2" : "bgp";
                    String text = "announcing from node \"" + node + "\" with protocol \"" + protocol + "\"";
                    uids.apply(service).ifPresent(uid -> news.add(new Notice(service, uid, false, ANNOUNCED, text)));
                }
            }
        }
        announced = now;
    }
}
