package org.heraldlb.l2.speaker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.heraldlb.api.Problem;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.contest.Stranger;
import org.heraldlb.l2.contest.Watch.Finding;
import org.heraldlb.l2.selection.Port;

/** Everything that is wrong, as problems. Texts stay the same while nothing changes. */
final class Troubles {

    /** More of one kind are summed up: a thousand lines say less than one. */
    private static final int MOST = 50;

    private static final String FIX_RIVAL =
            "find the port of this MAC address on the switch and take the address off that host, or out of the pool";

    private final List<Problem> all = new ArrayList<>();

    static List<Problem> of(Ports ports, Collection<Watchdog.Entry> watches) {
        Troubles troubles = new Troubles();
        ports.refused().forEach(troubles::refused);
        List<Problem> contested = new ArrayList<>();
        for (Station station : ports.stations().values()) {
            troubles.groups(station);
            station.tenures().stream().filter(Troubles::isLost).forEach(tenure -> contested.add(contested(tenure)));
        }
        troubles.add(contested, "l2Conflict");
        troubles.add(
                watches.stream()
                        .filter(entry -> entry.watch().finding() == Finding.OTHER)
                        .map(Troubles::other)
                        .toList(),
                "l2OtherAnswers");
        troubles.add(
                watches.stream()
                        .filter(entry -> entry.watch().finding() == Finding.SILENT)
                        .map(Troubles::silent)
                        .toList(),
                "l2Silent");
        return troubles.all;
    }

    private void add(List<Problem> some, String code) {
        some.stream().limit(MOST).forEach(all::add);
        if (some.size() > MOST) {
            all.add(Problem.error(code, "l2", (some.size() - MOST) + " more of this kind, see l2:list"));
        }
    }

    private void refused(Port port, String reason) {
        all.add(Problem.error("l2Socket", Ports.describe(port), reason));
    }

    private void groups(Station station) {
        if (!station.trouble().isEmpty()) {
            all.add(Problem.error("l2Group", Ports.describe(station.port()), station.trouble()));
        }
    }

    private static boolean isLost(Tenure tenure) {
        return tenure.contest() != null && tenure.contest().isLost();
    }

    private static Problem contested(Tenure tenure) {
        String place = tenure.station().port().name();
        String address = tenure.claim().address().toString();
        String rival = new MacAddress(tenure.contest().rival()).toString();
        String since = tenure.rivalFirstSeen() == null ? "" : ", since " + tenure.rivalFirstSeen();
        if (tenure.contest().stranger() == Stranger.FELLOW) {
            return Problem.error(
                            "l2TwoNodes",
                            address,
                            place + ": " + rival + ", another node of this cluster, answers for it too" + since)
                    .withFix("see whether both nodes know of each other (node:list) and have the same configuration");
        }
        String deed = tenure.contest().isRefused() ? " has it; this node does not announce it" : " answers for it too";
        return Problem.error("l2Conflict", address, place + ": " + rival + deed + since)
                .withFix(FIX_RIVAL);
    }

    private static Problem other(Watchdog.Entry entry) {
        String text = entry.place() + ": " + new MacAddress(entry.watch().other()) + " answers for it and not only "
                + owner(entry) + ", since " + entry.since();
        return Problem.error("l2OtherAnswers", entry.order().address().toString(), text)
                .withFix(FIX_RIVAL);
    }

    private static Problem silent(Watchdog.Entry entry) {
        String text = entry.place() + ": nobody answers for it; " + owner(entry) + " should, since " + entry.since();
        return Problem.error("l2Silent", entry.order().address().toString(), text)
                .withFix("l2:list on that node says what it does; if it is fine there, look at the switches between");
    }

    private static String owner(Watchdog.Entry entry) {
        String macs =
                entry.order().expected().stream().map(MacAddress::toString).collect(Collectors.joining(" or "));
        return entry.order().owner() + (macs.isEmpty() ? "" : " (" + macs + ")");
    }
}
