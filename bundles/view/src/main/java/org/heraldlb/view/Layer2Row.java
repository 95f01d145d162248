package org.heraldlb.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One address that is announced on a link.
 *
 * @param address which
 * @param services who has it; more than one when it is shared
 * @param node who answers for it, empty when nobody may
 * @param reason why nobody may, or how the winner was chosen
 * @param interfaces where this node answers for it right now
 * @param state what this node's announcer says, absent on the other nodes
 */
public record Layer2Row(
        String address,
        List<String> services,
        String node,
        String reason,
        List<String> interfaces,
        Optional<String> state) {

    /** How tables show it. */
    public static final List<Column<Layer2Row>> COLUMNS = List.of(
            Column.text("ADDRESS", Layer2Row::address),
            Column.text("SERVICE", row -> String.join(",", row.services())),
            Column.text("NODE", Layer2Row::node),
            Column.text("INTERFACES", row -> String.join(",", row.interfaces())),
            Column.text("STATE", row -> row.state().orElse("")),
            Column.text("REASON", Layer2Row::reason));

    /** All of them, by address. */
    public static List<Layer2Row> of(SystemSnapshot snapshot) {
        Map<IpAddress, TreeSet<String>> users = users(snapshot);
        Deeds deeds = Deeds.of(snapshot);
        return snapshot.owners().entrySet().stream()
                .map(entry -> row(
                        entry.getKey(),
                        List.copyOf(users.getOrDefault(entry.getKey(), new TreeSet<>())),
                        entry.getValue(),
                        deeds.layer2(entry.getKey())))
                .toList();
    }

    private static Layer2Row row(
            IpAddress address, List<String> services, SystemSnapshot.Owner owner, Optional<AnnouncementStatus> deed) {
        return new Layer2Row(
                address.toString(), services, owner.node(), owner.reason(), Deeds.places(deed), deed.map(Deeds::text));
    }

    private static Map<IpAddress, TreeSet<String>> users(SystemSnapshot snapshot) {
        Map<IpAddress, TreeSet<String>> users = new HashMap<>();
        for (Allocation allocation : snapshot.allocation().allocations().values()) {
            for (IpAddress address : allocation.addresses()) {
                users.computeIfAbsent(address, fresh -> new TreeSet<>())
                        .add(allocation.service().toString());
            }
        }
        return users;
    }
}
