package org.heraldlb.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of an object of MetalLB's beside whether it can be read: where Herald does something else with it. Pure. */
final class Remarks {

    /** How an object fares. */
    enum Verdict {
        /** Means to Herald what it means to MetalLB. */
        SAME,
        /** Is read, and does something else. */
        DIFFERENT,
        /** Is not read: something is lost. */
        UNSUPPORTED,
        /** Breaks a rule. */
        REFUSED
    }

    /** @param text why, or what to know; may be empty for {@link Verdict#SAME} */
    record Remark(Verdict verdict, String text) {}

    private static final Remark SAME = new Remark(Verdict.SAME, "");
    private static final Set<String> KINDS =
            Set.of("IPAddressPool", "L2Advertisement", "BGPAdvertisement", "BGPPeer", "BFDProfile", "Community");

    private Remarks() {}

    /** Nothing about objects that are no configuration of MetalLB's. */
    static Optional<Remark> of(Tree tree, Installation installation) {
        if (tree.group().equals("metallb.io") && KINDS.contains(tree.kind())) {
            return Optional.of(configuration(tree, installation));
        }
        if (tree.kind().equals("FRRConfiguration")) {
            return Optional.of(frr(tree));
        }
        if (tree.kind().equals("ConfigMap")) {
            return configMap(tree);
        }
        if (Installation.isPart(tree)) {
            return Optional.of(workload(installation));
        }
        return Optional.empty();
    }

    private static Remark configuration(Tree tree, Installation installation) {
        Tree spec = tree.child("spec");
        return switch (tree.kind()) {
            case "BGPPeer" -> peer(tree, spec, installation);
            case "L2Advertisement" ->
                spec.list("interfaces").isEmpty()
                        ? SAME
                        : new Remark(Verdict.SAME, "only nodes that have one of the interfaces are elected");
            default -> SAME;
        };
    }

    private static Remark peer(Tree tree, Tree spec, Installation installation) {
        if (tree.version().equals("v1beta1") && !spec.has("holdTime") && !spec.has("keepaliveTime")) {
            return new Remark(
                    Verdict.DIFFERENT,
                    "v1beta1 without timers: MetalLB sends no keepalives, Herald uses the usual times");
        }
        List<String> dropped =
                List.of("sourceAddress", "localASN").stream().filter(spec::has).toList();
        if (!dropped.isEmpty()) {
            String fields = String.join(" and ", dropped);
            return installation.mode().equals("frr-k8s")
                    ? new Remark(
                            Verdict.DIFFERENT, fields + ": MetalLB's frr-k8s mode drops it, Herald does as it says")
                    : new Remark(Verdict.SAME, fields + " counts, as in MetalLB's other modes than frr-k8s");
        }
        return spec.has("disableMP")
                ? new Remark(Verdict.SAME, "disableMP has no effect, as in MetalLB's FRR modes")
                : SAME;
    }

    private static Remark frr(Tree tree) {
        return tree.name().startsWith("metallb-")
                ? new Remark(Verdict.SAME, "written by MetalLB itself: not needed")
                : new Remark(
                        Verdict.UNSUPPORTED,
                        "Herald reads no FRRConfiguration: routes to receive and raw text stay with an FRR of your own");
    }

    private static Optional<Remark> configMap(Tree tree) {
        return switch (tree.name()) {
            case "bgpextras" ->
                Optional.of(new Remark(
                        Verdict.UNSUPPORTED, "raw FRR text is not taken over: put it into the FRR that Herald drives"));
            case "metallb-excludel2" ->
                Optional.of(new Remark(
                        Verdict.DIFFERENT,
                        "interfaces.exclude in org.heraldlb.l2.cfg has MetalLB's list as shipped: carry changes over"));
            case "metallb-memberlist-config" ->
                Optional.of(new Remark(
                        Verdict.DIFFERENT,
                        "Herald's nodes find each other by their own protocol: org.heraldlb.membership.cfg"));
            default -> Optional.empty();
        };
    }

    private static Remark workload(Installation installation) {
        List<String> settings = installation.settings();
        return settings.isEmpty()
                ? SAME
                : new Remark(Verdict.SAME, "set in org.heraldlb.core.cfg: " + String.join("; ", settings));
    }
}
