package org.heraldlb.l2.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncementStatus.State;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.l2.selection.LinkRules.Obstacle;
import org.heraldlb.l2.selection.Port;
import org.heraldlb.l2.selection.Selection;

/**
 * Says where each announcement stands.
 *
 * @param selection what the links allow
 * @param stations what is open
 * @param refused ports that could not be opened, with the reason
 */
record Report(Selection selection, Map<Port, Station> stations, Map<Port, String> refused) {

    AnnouncementStatus of(L2Announcement announcement) {
        List<String> places = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        boolean hopeless = true;
        for (Port port : selection.portsOf(announcement)) {
            Optional<String> why = whyNot(port, announcement);
            if (why.isEmpty()) {
                places.add(port.name());
            } else {
                obstacles.add(port.name() + ": " + why.get());
                hopeless = false;
            }
        }
        for (String name : announcement.interfaces().names()) {
            Optional<Obstacle> obstacle =
                    selection.obstacle(name, announcement.address().family());
            if (obstacle.isPresent()) {
                obstacles.add(name + ": " + obstacle.get().text());
                hopeless &= obstacle.get().lasting();
            }
        }
        return status(announcement, places, obstacles, hopeless);
    }

    private Optional<String> whyNot(Port port, L2Announcement announcement) {
        Station station = stations.get(port);
        if (station == null || !station.carries(announcement.address())) {
            return Optional.of(refused.getOrDefault(port, "not open yet"));
        }
        if (!selection.hasCarrier(port)) {
            return Optional.of("no carrier");
        }
        return station.trouble().isEmpty() ? Optional.empty() : Optional.of(station.trouble());
    }

    private static AnnouncementStatus status(
            L2Announcement announcement, List<String> places, List<String> obstacles, boolean hopeless) {
        boolean everywhere = announcement.interfaces().all();
        State state;
        if (!places.isEmpty()) {
            state = obstacles.isEmpty() ? State.ANNOUNCED : State.PARTIAL;
        } else {
            state = hopeless && !everywhere ? State.FAILED : State.PENDING;
        }
        String detail =
                obstacles.isEmpty() && places.isEmpty() ? "no interface can carry it" : String.join("; ", obstacles);
        return new AnnouncementStatus(IpPrefix.host(announcement.address()), state, places, detail);
    }
}
