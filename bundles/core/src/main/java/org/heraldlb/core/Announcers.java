package org.heraldlb.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.core.plan.NodePlans;

/** The three kinds of announcers. The loop's. */
final class Announcers {

    final AnnouncerSlot<L2Plan> l2;
    final AnnouncerSlot<BgpPlan> bgp;
    final AnnouncerSlot<HostAddressPlan> addresses;

    Announcers(Consumer<Runnable> loop, Runnable changed) {
        l2 = new AnnouncerSlot<>(plan -> new L2Plan(plan.generation(), plan.node(), List.of()), true, loop, changed);
        bgp = new AnnouncerSlot<>(plan -> new BgpPlan(plan.generation(), plan.node(), List.of()), true, loop, changed);
        // Two that set and remove the same address would undo each other: here the old one goes first.
        addresses = new AnnouncerSlot<>(
                plan -> new HostAddressPlan(plan.generation(), plan.node(), List.of()), false, loop, changed);
    }

    /** An address stands on the host before anybody hears that it is here. */
    void apply(NodePlans plans) {
        addresses.apply(plans.addresses());
        l2.apply(plans.l2());
        bgp.apply(plans.bgp());
    }

    boolean isHandingOver() {
        return l2.isRetiring() || bgp.isRetiring();
    }

    boolean isLettingGo() {
        return l2.isLettingGo() || bgp.isLettingGo();
    }

    void finishHandOver() {
        l2.finishRetiring();
        bgp.finishRetiring();
    }

    List<AnnouncerStatus> statuses() {
        return Stream.of(l2.status(), bgp.status(), addresses.status())
                .flatMap(Optional::stream)
                .toList();
    }

    /** What nobody carries out. */
    List<Problem> missing(NodePlans plans) {
        List<Problem> problems = new ArrayList<>();
        if (l2.isEmpty() && !plans.l2().announcements().isEmpty()) {
            problems.add(missing("layer2", "no layer-2 announcer is installed", "herald-l2"));
        }
        if (bgp.isEmpty() && !plans.bgp().peers().isEmpty()) {
            problems.add(missing("bgp", "no BGP announcer is installed, or bgp.target accepts none", "herald-bgp"));
        }
        if (addresses.isEmpty() && !plans.addresses().assignments().isEmpty()) {
            problems.add(missing("hostAddresses", "nobody can set addresses on this host", "herald-host-linux"));
        }
        return problems;
    }

    private static Problem missing(String subject, String text, String feature) {
        return Problem.error("noAnnouncer", subject, text).withFix("install the feature " + feature);
    }

    void close() {
        l2.close();
        bgp.close();
        addresses.close();
    }
}
