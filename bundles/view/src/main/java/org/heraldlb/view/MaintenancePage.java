package org.heraldlb.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.Maintenance.Order;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * What operators asked of this node, and how far it is.
 *
 * @param node this one
 * @param drain {@code active}, {@code handingOver}, {@code withdrawing} or {@code drained}
 * @param safe true: nothing is announced, this node may be rebooted
 * @param reason of the drain, absent when there is none
 * @param waitingFor what the drain waits for
 * @param orders one line for each address withdrawn and each peer disabled
 * @param advice what to know or to do, empty when there is nothing
 */
public record MaintenancePage(
        String node,
        String drain,
        boolean safe,
        Optional<String> reason,
        List<String> waitingFor,
        List<String> orders,
        String advice) {

    public static MaintenancePage of(SystemSnapshot snapshot) {
        Maintenance maintenance = snapshot.cluster().maintenance();
        Maintenance.Drain drain = maintenance.drain();
        return new MaintenancePage(
                snapshot.node(),
                name(drain.phase()),
                drain.phase() == Phase.DRAINED,
                drain.order().map(Order::reason),
                drain.waitingFor(),
                orders(snapshot),
                advice(snapshot));
    }

    private static String name(Phase phase) {
        return phase == Phase.HANDING_OVER ? "handingOver" : phase.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> orders(SystemSnapshot snapshot) {
        Maintenance maintenance = snapshot.cluster().maintenance();
        List<String> lines = new ArrayList<>();
        if (snapshot.cluster().shadow()) {
            lines.add("shadow: only services that are taken over are announced (herald:takeover)");
        }
        List<IpPrefix> told = snapshot.plans().bgp().peers().stream()
                .flatMap(peer -> peer.routes().stream())
                .map(Route::prefix)
                .toList();
        maintenance
                .withdrawn()
                .forEach((address, order) ->
                        lines.add(address + " is withdrawn" + text(order) + aggregates(told, address)));
        maintenance.disabledPeers().forEach((peer, order) -> lines.add("peer " + peer + " is disabled" + text(order)));
        return lines;
    }

    /** An aggregate is for others too, so it is not withdrawn with one of its addresses. */
    static String aggregates(Collection<IpPrefix> told, IpAddress address) {
        String names = told.stream()
                .filter(prefix -> prefix.contains(address) && !prefix.isHost())
                .distinct()
                .sorted()
                .map(IpPrefix::toString)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? ""
                : "; " + names + " stays, for its other addresses, so traffic for " + address
                        + " still comes here wherever no other node tells a longer prefix";
    }

    private static String text(Order order) {
        String until = order.until().map(end -> " until " + end).orElse("");
        return until + (order.reason().isEmpty() ? "" : " (" + order.reason() + ")");
    }

    private static String advice(SystemSnapshot snapshot) {
        Phase phase = snapshot.cluster().maintenance().drain().phase();
        if (phase == Phase.ACTIVE) {
            return "";
        }
        boolean alone = snapshot.cluster().members().isEmpty()
                && !snapshot.intent().advertising().l2().isEmpty();
        if (alone) {
            return "nobody watches who is alive (no membership), so no other node takes the layer-2 addresses over";
        }
        return phase == Phase.DRAINED ? "safe to reboot; herald:undrain takes part again" : "";
    }

    /** Lines for {@code herald:status}: nothing when nobody asked for anything. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!drain.equals("active")) {
            lines.add("drain: " + drain
                    + reason.filter(text -> !text.isEmpty())
                            .map(text -> " (" + text + ")")
                            .orElse(""));
            waitingFor.forEach(line -> lines.add("waits for " + line));
        }
        lines.addAll(orders);
        return lines;
    }

    /** For people. */
    public String text(Paper paper) {
        StringBuilder out =
                new StringBuilder("Node ").append(paper.strong(node)).append(": ");
        if (drain.equals("active")) {
            out.append(paper.good("takes part")).append('\n');
        } else if (safe) {
            out.append(paper.good("drained")).append('\n');
        } else {
            out.append(paper.doubtful("being drained")).append('\n');
        }
        waitingFor.forEach(line -> out.append("  waits for ").append(line).append('\n'));
        orders.forEach(line -> out.append("  ").append(line).append('\n'));
        if (!advice.isEmpty()) {
            out.append(paper.doubtful("Next: " + advice)).append('\n');
        }
        return out.toString();
    }
}
