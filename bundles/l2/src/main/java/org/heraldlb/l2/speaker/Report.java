package org.heraldlb.l2.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncementStatus.State;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.selection.LinkRules.Obstacle;
import org.heraldlb.l2.selection.Port;
import org.heraldlb.l2.selection.Selection;

/**
 * Says where each announcement stands.
 *
 * @param selection what the links allow
 * @param stations what is open
 * @param refused ports that could not be opened, with the reason
 * @param permitted whether answers are allowed in a mode at all
 */
record Report(Selection selection, Map<Port, Station> stations, Map<Port, String> refused, Predicate<Mode> permitted) {

    AnnouncementStatus of(L2Announcement announcement) {
        List<String> places = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        boolean hopeless = true;
        boolean taken = false;
        for (Port port : selection.portsOf(announcement)) {
            Optional<Obstacle> why = whyNot(port, announcement);
            if (why.isEmpty()) {
                places.add(port.name());
            } else {
                remarks.add(port.name() + ": " + why.get().text());
                hopeless &= why.get().lasting();
                taken |= why.get().lasting();
            }
        }
        for (String name : announcement.interfaces().names()) {
            Optional<Obstacle> obstacle =
                    selection.obstacle(name, announcement.address().family());
            if (obstacle.isPresent()) {
                remarks.add(name + ": " + obstacle.get().text());
                hopeless &= obstacle.get().lasting();
            }
        }
        return status(
                announcement,
                places,
                remarks,
                hopeless && (taken || !announcement.interfaces().all()));
    }

    private Optional<Obstacle> whyNot(Port port, L2Announcement announcement) {
        Station station = stations.get(port);
        Tenure tenure = station == null ? null : station.tenure(announcement.address());
        if (tenure == null) {
            return waiting(refused.getOrDefault(port, "not open yet"));
        }
        if (!selection.hasCarrier(port)) {
            return waiting("no carrier");
        }
        if (tenure.contest() != null && tenure.contest().isRefused()) {
            String rival = new MacAddress(tenure.contest().rival()).toString();
            return Optional.of(new Obstacle(rival + " has it (conflictPolicy refuse)", true));
        }
        if (!tenure.isHeld()) {
            return waiting("probing whether anybody has it");
        }
        if (!permitted.test(announcement.mode())) {
            return waiting(
                    announcement.mode() == Mode.QUORUM
                            ? "silent, as this node sees no majority"
                            : "silent until this node has heard from the others, as it was asleep");
        }
        return station.trouble().isEmpty() ? Optional.empty() : waiting(station.trouble());
    }

    private static Optional<Obstacle> waiting(String text) {
        return Optional.of(new Obstacle(text, false));
    }

    private static AnnouncementStatus status(
            L2Announcement announcement, List<String> places, List<String> remarks, boolean failed) {
        State state;
        if (!places.isEmpty()) {
            state = remarks.isEmpty() ? State.ANNOUNCED : State.PARTIAL;
        } else {
            state = failed ? State.FAILED : State.PENDING;
        }
        String detail =
                remarks.isEmpty() && places.isEmpty() ? "no interface can carry it" : String.join("; ", remarks);
        return new AnnouncementStatus(IpPrefix.host(announcement.address()), state, places, detail);
    }
}
