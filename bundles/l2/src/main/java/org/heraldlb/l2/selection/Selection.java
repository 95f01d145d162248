package org.heraldlb.l2.selection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.l2.selection.LinkRules.Obstacle;

/** Applies the rules to the host's links. */
public final class Selection {

    private final LinkRules rules;
    private final LinkSnapshot links;
    private final Map<IpFamily, Map<String, Port>> usable = new LinkedHashMap<>();

    public Selection(LinkRules rules, LinkSnapshot links) {
        this.rules = rules;
        this.links = links;
        for (IpFamily family : IpFamily.values()) {
            Map<String, Port> ports = new LinkedHashMap<>();
            links.links().stream()
                    .filter(link -> rules.obstacle(link, family).isEmpty())
                    .forEach(link -> ports.put(link.name(), Port.of(link, family)));
            usable.put(family, ports);
        }
    }

    /** Which addresses to answer for at which port; ports without any are left out. */
    public Map<Port, Map<IpAddress, L2Announcement>> ports(List<L2Announcement> announcements) {
        Map<Port, Map<IpAddress, L2Announcement>> wanted = new LinkedHashMap<>();
        for (L2Announcement announcement : announcements) {
            portsOf(announcement).forEach(port -> wanted.computeIfAbsent(port, key -> new LinkedHashMap<>())
                    .put(announcement.address(), announcement));
        }
        return wanted;
    }

    /** Where to ask for the address of another node: ports that exist and have a carrier. */
    public List<Port> portsOf(L2Watch watch) {
        return usable.get(watch.address().family()).values().stream()
                .filter(port -> watch.interfaces().selects(port.name()) && hasCarrier(port))
                .toList();
    }

    /** Where one announcement is made, as far as that is possible now. */
    public List<Port> portsOf(L2Announcement announcement) {
        return usable.get(announcement.address().family()).values().stream()
                .filter(port -> announcement.interfaces().selects(port.name()))
                .toList();
    }

    /** What stands in the way at an interface that an announcement names; empty when nothing does. */
    public Optional<Obstacle> obstacle(String name, IpFamily family) {
        Optional<Link> link = links.byName(name);
        return link.isEmpty()
                ? Optional.of(new Obstacle("no such interface", true))
                : rules.obstacle(link.get(), family);
    }

    /** True when the link passes traffic. */
    public boolean hasCarrier(Port port) {
        return links.byName(port.name())
                .filter(link -> link.has(Link.Flag.RUNNING))
                .isPresent();
    }
}
