package org.heraldlb.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPeerDetail.Counts;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.view.Lookup.UnknownName;

/**
 * Everything about one BGP session.
 *
 * @param name of the peer
 * @param remote address and port
 * @param state RFC 4271 name
 * @param since when it was entered
 * @param disabled why the operator wants no session
 * @param advertised routes that the peer has been told
 * @param received routes that it has told
 * @param bfd state of the BFD session, when one is wanted
 * @param transport what the TCP connection needs
 * @param timers milliseconds until each running timer fires
 * @param capabilitiesSent what we offer
 * @param capabilitiesReceived what the peer offers
 * @param errors both ways
 * @param counts messages and flaps
 * @param details further facts by name
 * @param findings what is right or wrong
 */
public record BgpPage(
        String name,
        String remote,
        String state,
        String since,
        Optional<String> disabled,
        long advertised,
        long received,
        Optional<String> bfd,
        Transport transport,
        Map<String, Long> timers,
        List<String> capabilitiesSent,
        List<String> capabilitiesReceived,
        Errors errors,
        Counts counts,
        Map<String, String> details,
        List<BgpFinding> findings) {

    /** What the TCP connection needs. */
    public record Transport(
            boolean passive, boolean md5, OptionalLong minimumTtl, boolean multihop, boolean listening) {}

    /** A NOTIFICATION. */
    public record Said(int code, int subcode, String text, String when) {}

    /**
     * @param sent our last NOTIFICATION
     * @param received the peer's
     * @param lastDrop why the session last went down, empty when it never did
     * @param lastAttempt why the last attempt since then failed
     * @param attempt how far that got
     */
    public record Errors(
            Optional<Said> sent, Optional<Said> received, String lastDrop, String lastAttempt, String attempt) {}

    /** Of what an announcer knows. */
    public static BgpPage of(BgpPeerDetail detail) {
        BgpPeerDetail.Transport tcp = detail.transport();
        return new BgpPage(
                detail.status().peer(),
                detail.status().remote(),
                detail.status().state().text(),
                detail.status().since().toString(),
                detail.disabled(),
                detail.status().advertised(),
                detail.status().received(),
                detail.status().bfd(),
                new Transport(tcp.passive(), tcp.md5(), tcp.minimumTtl(), tcp.multihop(), tcp.listening()),
                new TreeMap<>(detail.timers()),
                detail.capabilities().sent(),
                detail.capabilities().received(),
                errors(detail.failures()),
                new Counts(
                        detail.counts().sent(),
                        detail.counts().received(),
                        detail.counts().established(),
                        detail.counts().flaps(),
                        detail.counts().attempts()),
                new TreeMap<>(detail.status().details()),
                BgpFinding.of(detail));
    }

    private static Errors errors(BgpPeerDetail.Failures failures) {
        return new Errors(
                failures.sent().map(BgpPage::said),
                failures.received().map(BgpPage::said),
                failures.lastDrop(),
                failures.lastAttempt(),
                failures.attempt().name());
    }

    private static Said said(BgpPeerDetail.Message message) {
        return new Said(
                message.code(),
                message.subcode(),
                message.text(),
                message.when().toString());
    }

    /** Names of the peers that this node's plan has. */
    public static List<String> names(SystemSnapshot snapshot) {
        return snapshot.plans().bgp().peers().stream().map(peer -> peer.name()).toList();
    }

    /** Nobody runs a session with this peer: because it does not exist, with a guess, or because nobody does it. */
    public static RuntimeException unknown(SystemSnapshot snapshot, String name) {
        return names(snapshot).contains(name)
                ? new IllegalStateException("no announcer runs a session with " + name + "; herald:status tells why")
                : UnknownName.of("BGP peer", name, names(snapshot));
    }

    /** For people: the session, each line ended. */
    public String text(Paper paper) {
        return paper.strong("BGP peer " + name + " " + remote) + "\n"
                + line("State", coloured(paper) + " since " + since)
                + disabled.map(reason -> line("Disabled", reason)).orElse("")
                + line("Session", agreed())
                + line("Routes", advertised + " told, " + received + " heard")
                + line("Timers", running())
                + line("We offer", String.join(", ", capabilitiesSent))
                + line("Peer offers", String.join(", ", capabilitiesReceived))
                + bfd.map(value -> line("BFD", value)).orElse("")
                + line("Connection", connection())
                + line("Messages out", messages(counts.sent()))
                + line("Messages in", messages(counts.received()))
                + line(
                        "Changes",
                        counts.established() + " times up, " + counts.flaps() + " times down, " + counts.attempts()
                                + " times dialled")
                + line("Last drop", errors.lastDrop())
                + line("Last attempt", errors.lastAttempt())
                + line("Last said", errors.sent().map(BgpPage::told).orElse(""))
                + line("Last heard", errors.received().map(BgpPage::told).orElse(""));
    }

    private static String told(Said said) {
        return said.text() + " at " + said.when();
    }

    private String coloured(Paper paper) {
        return state.equals(State.ESTABLISHED.text()) ? paper.good(state) : paper.bad(state);
    }

    private String agreed() {
        String ours = "AS " + details.getOrDefault("localAs", "?");
        String theirs = details.containsKey("remoteAs")
                ? ", peer AS " + details.get("remoteAs") + " " + details.getOrDefault("remoteIdentifier", "") + " "
                        + details.getOrDefault("session", "") + ", hold time " + details.getOrDefault("holdTime", "?")
                        + " s, " + details.getOrDefault("families", "")
                : "";
        return ours + theirs;
    }

    private String running() {
        return timers.entrySet().stream()
                .map(timer -> timer.getKey() + " in " + timer.getValue() + " ms")
                .collect(Collectors.joining(", "));
    }

    private String connection() {
        return (details.containsKey("local") ? "from " + details.get("local") + ", " : "")
                + (transport.passive() ? "passive" : "active")
                + (transport.md5() ? ", MD5" : "")
                + (transport.minimumTtl().isPresent()
                        ? ", TTL at least " + transport.minimumTtl().getAsLong()
                        : "")
                + (transport.multihop() ? ", multihop" : "")
                + (transport.listening() ? "" : ", not listening");
    }

    private static String messages(Map<String, Long> byType) {
        return new TreeMap<>(byType)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String line(String name, String value) {
        return value.isEmpty() ? "" : String.format("%-14s%s\n", name, Table.line(value));
    }

    /** For people: what is right or wrong, each line ended. */
    public String diagnosis(Paper paper) {
        return paper.strong("BGP peer " + name + " " + remote + " " + state) + "\n"
                + Table.of(
                        List.of(
                                Column.text("VERDICT", BgpFinding::verdict),
                                Column.text("FOUND", BgpFinding::text),
                                Column.text("NEXT", BgpFinding::advice)),
                        findings,
                        "",
                        paper);
    }
}
