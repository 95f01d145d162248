package org.heraldlb.frr.render;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.frr.config.Delta;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;

/**
 * A plan and what was made of it. Where the next plan has other routes of the same kinds and nothing else, which is a
 * service that comes or goes, it is made from this one: the same as from the beginning, at the cost of a scan.
 */
public final class Rendered {

    private final BgpPlan plan;
    private final Map<String, Running.Instance> present;
    private final Map<String, String> disabled;
    private final Target target;
    private final Map<String, Networks> networks;

    /**
     * @param present the instances that FRR had
     * @param networks by VRF
     */
    Rendered(
            BgpPlan plan,
            Map<String, Running.Instance> present,
            Map<String, String> disabled,
            Target target,
            Map<String, Networks> networks) {
        this.plan = plan;
        this.present = present;
        this.disabled = disabled;
        this.target = target;
        this.networks = networks;
    }

    /**
     * A prefix about which FRR is told something.
     *
     * @param tag that it has in FRR until then; empty: it is not there
     */
    public record Touched(String vrf, IpPrefix prefix, OptionalLong tag) {}

    /**
     * From one plan to the next.
     *
     * @param delta what FRR is told
     * @param touched what it is told about
     */
    public record Step(Rendered rendered, Delta delta, List<Touched> touched) {}

    public Target target() {
        return target;
    }

    /** Whether this is what would be made of these again. */
    public boolean isOf(BgpPlan other, Running running, Map<String, String> otherDisabled) {
        return present.equals(running.instances())
                && disabled.equals(otherDisabled)
                && plan.peers().equals(other.peers());
    }

    /** Empty where more than routes is different. FRR has to run what was made of this plan. */
    public Optional<Step> next(BgpPlan next) {
        if (!sameSessions(plan.peers(), next.peers())) {
            return Optional.empty();
        }
        Map<String, Networks> then = new TreeMap<>();
        List<Touched> touched = new ArrayList<>();
        Section is = Section.root();
        Section wanted = Section.root();
        for (Map.Entry<String, Networks> each : networks.entrySet()) {
            Networks now = each.getValue();
            Optional<Networks.Step> step = now.next(served(plan, now), served(next, now));
            if (step.isEmpty()) {
                return Optional.empty();
            }
            then.put(each.getKey(), step.get().networks());
            Networks.lines(now.header(), step.get().changes(), is, wanted);
            step.get()
                    .changes()
                    .forEach(change -> touched.add(new Touched(each.getKey(), change.prefix(), change.before())));
        }
        return config(is, wanted).map(config -> {
            Target nextTarget = new Target(config, target.neighbors(), target.problems());
            Delta delta = Delta.between(new Running(is, Map.of()), wanted);
            return new Step(new Rendered(next, present, disabled, nextTarget, then), delta, List.copyOf(touched));
        });
    }

    /** Empty where a family comes or goes with its routes. */
    private Optional<Section> config(Section is, Section wanted) {
        Section config = target.config();
        for (Section router : wanted.children()) {
            Section whole = config.child(router.header());
            for (Section family : router.children()) {
                Section old = whole.child(family.header());
                if (old == null) {
                    return Optional.empty();
                }
                Set<String> gone = new HashSet<>(
                        is.child(router.header()).child(family.header()).lines());
                Section now = old.with(gone, family.lines());
                if (now.isEmpty()) {
                    return Optional.empty();
                }
                whole = whole.with(now);
            }
            config = config.with(whole);
        }
        return Optional.of(config);
    }

    private static List<PeerPlan> served(BgpPlan plan, Networks networks) {
        Set<String> names = Set.copyOf(networks.peers());
        return plan.peers().stream().filter(peer -> names.contains(peer.name())).toList();
    }

    private static boolean sameSessions(List<PeerPlan> before, List<PeerPlan> after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            PeerPlan old = before.get(i);
            PeerPlan now = after.get(i);
            if (!old.peer().equals(now.peer())
                    || !old.password().equals(now.password())
                    || !old.bfd().equals(now.bfd())) {
                return false;
            }
        }
        return true;
    }
}
