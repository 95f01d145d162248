package org.heraldlb.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Move;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.heraldlb.core.plan.ClusterPlan;

/** The last addresses that this node gained or lost, with what it took. The loop's. */
final class Moves {

    private static final int REMEMBERED = 256;

    /** @param awaited generation whose announcement is still to come, -1 when none is */
    private record Entry(Move move, long awaited, long plannedNanos) {}

    /**
     * When and why a plan was made.
     *
     * @param silence how long the nodes that are lost had proved no life when this node knew, by name
     * @param newsNanos when this node heard the news
     * @param nowNanos when the plan was there
     */
    record Occasion(String reason, Instant at, Map<String, Duration> silence, long newsNanos, long nowNanos) {}

    private final Deque<Entry> entries = new ArrayDeque<>();
    private List<Move> shown = List.of();

    /** Compares two plans of one node; {@code before} may be null. */
    void planned(ClusterPlan before, ClusterPlan after, String node, Occasion occasion) {
        List<L2Announcement> was = before == null ? List.of() : before.l2(node).announcements();
        List<L2Announcement> is = after.l2(node).announcements();
        int added = 0;
        int left = 0;
        int right = 0;
        while ((left < was.size() || right < is.size()) && added < REMEMBERED) {
            int order = left == was.size() ? 1 : right == is.size() ? -1 : compare(was.get(left), is.get(right));
            if (order != 0) {
                IpAddress address = (order < 0 ? was.get(left) : is.get(right)).address();
                add(address, before, after, node, occasion);
                added++;
            }
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }
        if (added > 0) {
            show();
        }
    }

    private static int compare(L2Announcement left, L2Announcement right) {
        return left == right ? 0 : left.address().compareTo(right.address());
    }

    private void add(IpAddress address, ClusterPlan before, ClusterPlan after, String node, Occasion occasion) {
        String from = owner(before, address);
        String to = owner(after, address);
        Duration elect = Duration.ofNanos(Math.max(0, occasion.nowNanos() - occasion.newsNanos()));
        Move move = new Move(
                address,
                from,
                to,
                occasion.at(),
                occasion.reason(),
                Optional.ofNullable(occasion.silence().get(from)),
                elect,
                Optional.empty());
        entries.addFirst(new Entry(move, to.equals(node) ? after.generation() : -1, occasion.nowNanos()));
        if (entries.size() > REMEMBERED) {
            entries.removeLast();
        }
    }

    private static String owner(ClusterPlan plan, IpAddress address) {
        Owner owner = plan == null ? null : plan.owners().get(address);
        return owner == null ? "" : owner.node();
    }

    /** The announcer has acted on a plan of this generation. */
    void announced(long generation, long nowNanos) {
        if (entries.stream().noneMatch(entry -> entry.awaited() >= 0 && entry.awaited() <= generation)) {
            return;
        }
        List<Entry> next = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            boolean done = entry.awaited() >= 0 && entry.awaited() <= generation;
            next.add(done ? new Entry(announced(entry, nowNanos), -1, entry.plannedNanos()) : entry);
        }
        entries.clear();
        entries.addAll(next);
        show();
    }

    private static Move announced(Entry entry, long nowNanos) {
        Move move = entry.move();
        return new Move(
                move.address(),
                move.from(),
                move.to(),
                move.at(),
                move.reason(),
                move.detect(),
                move.elect(),
                Optional.of(Duration.ofNanos(Math.max(0, nowNanos - entry.plannedNanos()))));
    }

    private void show() {
        shown = entries.stream().map(Entry::move).toList();
    }

    /** Newest first; the same object while nothing moves. */
    List<Move> shown() {
        return shown;
    }
}
