package org.heraldlb.bgp.speaker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.MessageText;
import org.heraldlb.bgp.packet.PathAttribute;
import org.heraldlb.bgp.packet.Update;

/** What a peer told us, within a limit, for display only. */
final class ReceivedRoutes {

    /** FRR's default for {@code maximum-prefix}. */
    private static final int WARN_PERCENT = 75;

    private final int limit;
    private final Set<Family> families;
    private final TreeMap<IpPrefix, List<PathAttribute>> routes = new TreeMap<>();
    private long dropped;
    private Level told = Level.WITHIN;

    /** How much of the limit was ever used. */
    enum Level {
        WITHIN,
        NEAR,
        BEYOND
    }

    ReceivedRoutes(int limit, Set<Family> families) {
        this.limit = limit;
        this.families = families;
    }

    /** @return the level that this update was the first to reach; {@code WITHIN}: nothing new */
    Level apply(Update update) {
        boolean withdraw = update.treatAsWithdraw();
        update.withdrawn().forEach(routes::remove);
        update.find(PathAttribute.MpUnreach.class).ifPresent(mp -> mp.routes().forEach(routes::remove));
        take(update.announced(), Family.IPV4_UNICAST, update, withdraw);
        update.find(PathAttribute.MpReach.class).ifPresent(mp -> take(mp.routes(), mp.family(), update, withdraw));
        Level level = level();
        if (level.compareTo(told) <= 0) {
            return Level.WITHIN;
        }
        told = level;
        return level;
    }

    private Level level() {
        if (dropped > 0) {
            return Level.BEYOND;
        }
        return limit > 0 && routes.size() * 100L >= (long) limit * WARN_PERCENT ? Level.NEAR : Level.WITHIN;
    }

    private void take(List<IpPrefix> prefixes, Family family, Update update, boolean withdraw) {
        for (IpPrefix prefix : prefixes) {
            if (withdraw) {
                routes.remove(prefix);
            } else if (families.contains(family)) {
                keep(prefix, update.attributes());
            }
        }
    }

    private void keep(IpPrefix prefix, List<PathAttribute> attributes) {
        if (routes.size() < limit || routes.containsKey(prefix)) {
            routes.put(prefix, attributes);
        } else {
            dropped++;
        }
    }

    /** Those that are kept, by prefix, as people read them. */
    List<ReceivedRoute> list() {
        return routes.entrySet().stream()
                .map(entry -> route(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ReceivedRoute route(IpPrefix prefix, List<PathAttribute> attributes) {
        Optional<IpAddress> nextHop = find(attributes, PathAttribute.MpReach.class)
                .filter(reach -> reach.routes().contains(prefix))
                .map(PathAttribute.MpReach::nextHop)
                .or(() -> find(attributes, PathAttribute.NextHop.class).map(PathAttribute.NextHop::address));
        return new ReceivedRoute(
                prefix,
                nextHop,
                find(attributes, PathAttribute.AsPath.class)
                        .map(path -> MessageText.asPath(path.segments()))
                        .orElse(""),
                find(attributes, PathAttribute.Origin.class)
                        .map(MessageText::origin)
                        .orElse(""),
                number(find(attributes, PathAttribute.LocalPref.class).map(PathAttribute.LocalPref::value)),
                number(find(attributes, PathAttribute.Med.class).map(PathAttribute.Med::value)),
                attributes.stream()
                        .flatMap(each -> MessageText.communities(each).stream())
                        .toList());
    }

    private static <T extends PathAttribute> Optional<T> find(List<PathAttribute> attributes, Class<T> kind) {
        return attributes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /** How many are kept at most. */
    int limit() {
        return limit;
    }

    /** How many are kept. */
    int size() {
        return routes.size();
    }

    /** How many announcements came beyond the limit. */
    long dropped() {
        return dropped;
    }
}
