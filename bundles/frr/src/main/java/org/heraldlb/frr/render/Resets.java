package org.heraldlb.frr.render;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.frr.config.Delta;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;

/** Which sessions FRR begins anew for a change of plans, said beforehand. */
public final class Resets {

    private Resets() {}

    /**
     * Names of the peers of both plans whose sessions end by the change, on a node where FRR runs nothing but ours.
     * Which words of ours do it, and which do not, {@link Delta#resets()} says.
     */
    public static Set<String> between(BgpPlan before, BgpPlan after, FrrSettings settings) {
        Target old = Rendering.of(before, settings, Running.NOTHING);
        Running running = Running.of(Section.parse(old.config().print()));
        Target now = Rendering.of(after, settings, running);
        Set<String> keys = Delta.between(running, now.config()).resets();
        Map<String, String> names = new TreeMap<>();
        now.neighbors().forEach((name, neighbor) -> {
            Target.Neighbor was = old.neighbors().get(name);
            if (was != null && (keys.contains(neighbor.key()) || !was.key().equals(neighbor.key()))) {
                names.put(name, neighbor.key());
            }
        });
        return names.keySet();
    }
}
