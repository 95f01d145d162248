package org.heraldlb.view;

import java.util.List;
import java.util.stream.Collectors;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.Echo;
import org.heraldlb.api.bfd.BfdSnapshot.Gaps;
import org.heraldlb.api.bfd.BfdSnapshot.PacketStatistics;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdSnapshot.Side;
import org.heraldlb.view.Lookup.UnknownName;

/**
 * Everything about one BFD session.
 *
 * @param session its row in the list
 * @param diagnostic RFC 5880 section 4.1 code of the last change
 * @param localDiscriminator ours, hexadecimal
 * @param remoteDiscriminator theirs, hexadecimal, 0x0 while unknown
 * @param local what we say
 * @param remote what the peer says
 * @param packets received and sent
 * @param echo the Echo function, null where it is not wanted
 * @param transitions the last ones, oldest first
 * @param findings what is right or wrong
 */
public record BfdPage(
        BfdRow session,
        int diagnostic,
        String localDiscriminator,
        String remoteDiscriminator,
        Side local,
        Side remote,
        PacketStatistics packets,
        Echo echo,
        List<String> transitions,
        List<BfdFinding> findings) {

    /**
     * The sessions with a peer.
     *
     * @throws UnknownName when there is none, with a guess
     */
    public static List<BfdPage> of(BfdSnapshot snapshot, String peer) {
        List<BfdPage> pages = snapshot.sessions().stream()
                .filter(session -> session.key().peer().toString().equals(peer.strip()))
                .map(session -> of(snapshot, session))
                .toList();
        if (pages.isEmpty()) {
            throw UnknownName.of("BFD session with", peer, peers(snapshot));
        }
        return pages;
    }

    /** Addresses that there are sessions with. */
    public static List<String> peers(BfdSnapshot snapshot) {
        return snapshot.sessions().stream()
                .map(session -> session.key().peer().toString())
                .distinct()
                .toList();
    }

    private static BfdPage of(BfdSnapshot snapshot, SessionView session) {
        return new BfdPage(
                BfdRow.of(session),
                session.state().diagnostic(),
                "0x" + Integer.toHexString(session.localDiscriminator()),
                "0x" + Integer.toHexString(session.remoteDiscriminator()),
                session.timing().local(),
                session.timing().remote(),
                session.packets(),
                session.echo().orElse(null),
                session.transitions(),
                BfdFinding.of(snapshot, session));
    }

    /** For people: the session, each line ended. */
    public String text(Paper paper) {
        Gaps gaps = packets.gaps();
        return paper.strong(title()) + "\n"
                + line("State", coloured(paper) + " since " + session.since() + ", diagnostic " + diagnostic)
                + line("Peer's state", session.remoteState())
                + line("Discriminators", localDiscriminator + " here, " + remoteDiscriminator + " there")
                + line("We say", side(local))
                + line("Peer says", side(remote))
                + line("Agreed", agreed())
                + line(
                        "Packets",
                        packets.received() + " in, " + packets.sent() + " out, " + packets.unsent()
                                + " refused by the kernel")
                + line(
                        "Gaps",
                        "p50 " + BfdRow.millis(gaps.p50Micros()) + ", p99 " + BfdRow.millis(gaps.p99Micros())
                                + ", longest " + BfdRow.millis(gaps.maxMicros()))
                + (echo == null ? "" : line("Echo", text(echo)))
                + line("Changes", packets.ups() + " times up, " + packets.downs() + " times down")
                + line("Clients", String.join(" ", session.clients()))
                + transitions.stream()
                        .map(each -> "  " + Table.line(each) + "\n")
                        .collect(Collectors.joining());
    }

    private static String text(Echo echo) {
        String pace = echo.intervalMicros() == 0 ? "none sent" : "one every " + BfdRow.millis(echo.intervalMicros());
        return (echo.active() ? "detects failures, " : "does not detect, ") + pace + ", " + echo.sent() + " out, "
                + echo.returned() + " back, round trip p50 "
                + BfdRow.millis(echo.roundTrips().p50Micros()) + ", p99 "
                + BfdRow.millis(echo.roundTrips().p99Micros());
    }

    private String title() {
        return ("BFD " + session.peer() + " " + session.path()).strip();
    }

    private String coloured(Paper paper) {
        return session.state().equals("Up") ? paper.good("Up") : paper.bad(session.state());
    }

    private static String line(String name, String value) {
        return String.format("%-16s%s\n", name, Table.line(value));
    }

    private static String side(Side side) {
        return "send every " + BfdRow.millis(side.desiredMinTxMicros()) + ", receive every "
                + BfdRow.millis(side.requiredMinRxMicros()) + ", multiplier " + side.detectMultiplier();
    }

    private String agreed() {
        return "we send every " + BfdRow.millis(session.transmitMicros()) + ", the peer every "
                + BfdRow.millis(session.receiveMicros()) + ", gone after " + BfdRow.millis(session.detectionMicros());
    }

    /** For people: what is right or wrong, each line ended. */
    public String diagnosis(Paper paper) {
        return paper.strong(title()) + "\n"
                + findings.stream().map(each -> line(each, paper)).collect(Collectors.joining());
    }

    private static String line(BfdFinding finding, Paper paper) {
        String verdict = String.format("%-10s", finding.verdict());
        String painted =
                switch (finding.verdict()) {
                    case "good" -> paper.good(verdict);
                    case "bad" -> paper.bad(verdict);
                    default -> paper.doubtful(verdict);
                };
        String advice = finding.advice().isEmpty() ? "" : "; " + finding.advice();
        return painted + Table.line(finding.text() + advice) + "\n";
    }
}
