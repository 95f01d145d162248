package org.heraldlb.testkit.announcer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Plan;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.host.HostAddressAnnouncer;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.l2.L2Announcer;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.runtime.SnapshotCell;

/**
 * Remembers the plans that it was told and acts on them at once, unless told to be slow.
 *
 * @param <P> kind of plan
 */
public abstract sealed class FakeAnnouncer<P extends Plan> {

    private final List<P> plans = new ArrayList<>();
    private final SnapshotCell<AnnouncerStatus> status;
    private final String name;
    private boolean slow;

    private FakeAnnouncer(String name) {
        this.name = name;
        this.status = new SnapshotCell<>(AnnouncerStatus.initial(name));
    }

    /** For layer 2. */
    public static final class L2 extends FakeAnnouncer<L2Plan> implements L2Announcer {
        public L2(String name) {
            super(name);
        }
    }

    /** For BGP. */
    public static final class Bgp extends FakeAnnouncer<BgpPlan> implements BgpAnnouncer {
        public Bgp(String name) {
            super(name);
        }
    }

    /** For addresses of the host. */
    public static final class HostAddresses extends FakeAnnouncer<HostAddressPlan> implements HostAddressAnnouncer {
        public HostAddresses(String name) {
            super(name);
        }
    }

    /** Takes plans from now on without acting on them. */
    public void beSlow() {
        slow = true;
    }

    /** Acts on the newest plan, and on all later ones at once. */
    public void act() {
        slow = false;
        acted();
    }

    private void acted() {
        if (!plans.isEmpty()) {
            status.set(new AnnouncerStatus(name, last().generation(), true, List.of(), List.of(), List.of(), Map.of()));
        }
    }

    /** All plans so far, oldest first. */
    public List<P> plans() {
        return List.copyOf(plans);
    }

    public P last() {
        return plans.get(plans.size() - 1);
    }

    /** See {@link org.heraldlb.api.Announcer#apply}. */
    public void apply(P plan) {
        plans.add(plan);
        if (!slow) {
            acted();
        }
    }

    /** See {@link org.heraldlb.api.Announcer#status}. */
    public SnapshotSource<AnnouncerStatus> status() {
        return status;
    }
}
