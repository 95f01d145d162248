package org.heraldlb.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdState;

/**
 * One BFD session of this node.
 *
 * @param peer address of the other end
 * @param path what else the session is bound to, such as {@code %eth0} or {@code multihop}; empty for nothing
 * @param state RFC 5880 name of our state
 * @param remoteState what the peer last said
 * @param since when our state was entered
 * @param transmitMicros our interval between packets, microseconds
 * @param receiveMicros the peer's, microseconds
 * @param detectionMicros after so much silence the peer counts as gone, microseconds
 * @param downs how often the session went down from Up
 * @param clients who wants it
 */
public record BfdRow(
        String peer,
        String path,
        String state,
        String remoteState,
        String since,
        long transmitMicros,
        long receiveMicros,
        long detectionMicros,
        long downs,
        List<String> clients) {

    /** How tables show it. */
    public static final List<Column<BfdRow>> COLUMNS = List.of(
            Column.text("PEER", BfdRow::peer),
            Column.text("PATH", BfdRow::path),
            Column.text("STATE", BfdRow::state),
            Column.text("REMOTE", BfdRow::remoteState),
            Column.text("SINCE", BfdRow::since),
            Column.text("SEND", row -> millis(row.transmitMicros())),
            Column.text("RECEIVE", row -> millis(row.receiveMicros())),
            Column.text("DETECT", row -> millis(row.detectionMicros())),
            Column.number("DOWNS", BfdRow::downs),
            Column.text("CLIENTS", row -> String.join(" ", row.clients())));

    /** All sessions, ordered by peer. */
    public static List<BfdRow> of(BfdSnapshot snapshot) {
        return snapshot.sessions().stream().map(BfdRow::of).toList();
    }

    static BfdRow of(SessionView session) {
        return new BfdRow(
                session.key().peer().toString(),
                path(session.key()),
                name(session.state().state()),
                name(BfdState.valueOf(session.remoteState())),
                session.since().toString(),
                session.timing().transmitMicros(),
                session.timing().receiveMicros(),
                session.timing().detectionMicros(),
                session.packets().downs(),
                session.clients());
    }

    /** For people. */
    public static String table(BfdSnapshot snapshot, Paper paper) {
        return Table.of(COLUMNS, of(snapshot), "no BFD sessions", paper);
    }

    /** For programs. */
    public static Map<String, Object> tree(BfdSnapshot snapshot) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sessions", of(snapshot));
        tree.put("discards", snapshot.discards());
        tree.put("problems", ProblemRow.of(snapshot.problems()));
        return tree;
    }

    /** What tells this session from others with the same peer; empty for nothing. */
    public static String path(BfdSessionKey key) {
        String link = key.linkInterface().map(each -> "%" + each + " ").orElse("");
        String local = key.local().map(each -> "from " + each + " ").orElse("");
        String vrf = key.vrf().map(each -> "in " + each + " ").orElse("");
        String kind = key.multihop() ? "multihop" : key.unaffiliated() ? "echo only" : "";
        return (link + local + vrf + kind).strip();
    }

    /** RFC 5880 spelling: AdminDown, Down, Init, Up. */
    static String name(BfdState state) {
        return state == BfdState.ADMIN_DOWN
                ? "AdminDown"
                : state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** Milliseconds of microseconds, with as many digits as matter. */
    static String millis(long micros) {
        return micros % 1000 == 0 ? micros / 1000 + " ms" : String.format(Locale.ROOT, "%.3f ms", micros / 1000.0);
    }
}
