package org.heraldlb.view;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.SystemSnapshot;

/** What this node's announcers have made of their plans, by prefix. */
final class Deeds {

    /** The {@link org.heraldlb.api.Announcer#NAME} of whoever answers on the link. */
    static final String LAYER2 = "l2";

    /** The same of whoever puts addresses on interfaces. */
    static final String HOST = "host-address";

    private final Map<IpPrefix, AnnouncementStatus> layer2 = new HashMap<>();
    private final Map<IpPrefix, AnnouncementStatus> routes = new HashMap<>();

    private Deeds() {}

    static Deeds of(SystemSnapshot snapshot) {
        Deeds deeds = new Deeds();
        snapshot.progress().announcers().forEach(deeds::add);
        return deeds;
    }

    private void add(AnnouncerStatus status) {
        if (!status.announcer().equals(HOST)) {
            Map<IpPrefix, AnnouncementStatus> map = isLayer2(status) ? layer2 : routes;
            status.announcements().forEach(deed -> map.put(deed.prefix(), deed));
        }
    }

    static boolean isLayer2(AnnouncerStatus status) {
        return status.announcer().equals(LAYER2);
    }

    static boolean isBgp(AnnouncerStatus status) {
        return !isLayer2(status) && !status.announcer().equals(HOST);
    }

    Optional<AnnouncementStatus> layer2(IpAddress address) {
        return Optional.ofNullable(layer2.get(IpPrefix.host(address)));
    }

    Optional<AnnouncementStatus> route(IpPrefix prefix) {
        return Optional.ofNullable(routes.get(prefix));
    }

    /** True when a route that covers the address has been told to a peer. */
    boolean isRouted(IpAddress address) {
        return routes.values().stream()
                .anyMatch(deed -> isDone(deed) && deed.prefix().contains(address));
    }

    /** True when it is on the wire, at least in part. */
    static boolean isDone(AnnouncementStatus deed) {
        return deed.state() == AnnouncementStatus.State.ANNOUNCED || deed.state() == AnnouncementStatus.State.PARTIAL;
    }

    static String text(AnnouncementStatus deed) {
        String state = deed.state().name().toLowerCase(Locale.ROOT);
        return deed.detail().isEmpty() ? state : state + ": " + deed.detail();
    }

    static List<String> places(Optional<AnnouncementStatus> deed) {
        return deed.map(AnnouncementStatus::places).orElse(List.of());
    }
}
