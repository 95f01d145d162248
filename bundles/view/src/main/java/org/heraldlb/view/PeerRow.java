package org.heraldlb.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One BGP peer of this node.
 *
 * @param name of the peer
 * @param remote address and port, or interface
 * @param announcer who runs the session, absent when nobody does
 * @param state RFC 4271 state, {@code Idle} when nobody runs the session
 * @param since when it was entered
 * @param planned routes that the peer is to be told
 * @param advertised routes that it has been told
 * @param received routes that it has told
 * @param bfd state of the BFD session
 * @param lastError why the session last went down
 */
public record PeerRow(
        String name,
        String remote,
        Optional<String> announcer,
        String state,
        Optional<String> since,
        long planned,
        long advertised,
        long received,
        Optional<String> bfd,
        Optional<String> lastError) {

    /** How tables show it. */
    public static final List<Column<PeerRow>> COLUMNS = List.of(
            Column.text("PEER", PeerRow::name),
            Column.text("REMOTE", PeerRow::remote),
            Column.text("STATE", PeerRow::state),
            Column.text("SINCE", row -> row.since().orElse("")),
            Column.number("PLANNED", PeerRow::planned),
            Column.number("TOLD", PeerRow::advertised),
            Column.number("HEARD", PeerRow::received),
            Column.text("BFD", row -> row.bfd().orElse("")),
            Column.text("LAST ERROR", row -> row.lastError().orElse("")));

    private record Running(String announcer, SessionStatus session) {}

    /** All peers that this node's plan has, by name. */
    public static List<PeerRow> of(SystemSnapshot snapshot) {
        Map<String, Running> running = snapshot.progress().announcers().stream()
                .flatMap(PeerRow::sessions)
                .collect(
                        Collectors.toMap(each -> each.session().peer(), Function.identity(), (first, second) -> first));
        return snapshot.plans().bgp().peers().stream()
                .map(plan -> row(plan, Optional.ofNullable(running.get(plan.name()))))
                .toList();
    }

    private static Stream<Running> sessions(AnnouncerStatus status) {
        return status.sessions().stream().map(session -> new Running(status.announcer(), session));
    }

    private static PeerRow row(PeerPlan plan, Optional<Running> running) {
        Optional<SessionStatus> session = running.map(Running::session);
        return new PeerRow(
                plan.name(),
                session.map(SessionStatus::remote).orElseGet(() -> remote(plan.peer())),
                running.map(Running::announcer),
                session.map(SessionStatus::state)
                        .orElse(SessionStatus.State.IDLE)
                        .text(),
                session.map(each -> each.since().toString()),
                plan.routes().size(),
                session.map(SessionStatus::advertised).orElse(0L),
                session.map(SessionStatus::received).orElse(0L),
                session.flatMap(SessionStatus::bfd),
                session.map(SessionStatus::lastError).filter(text -> !text.isEmpty()));
    }

    private static String remote(Peer peer) {
        return peer.endpoint()
                .address()
                .map(address -> address + ":" + peer.endpoint().port())
                .orElseGet(() -> peer.endpoint().linkInterface().orElse(""));
    }
}
