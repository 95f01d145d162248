package org.heraldlb.bgp.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.heraldlb.api.net.IpPrefix;

/** Messages as one line for people, in the field's terms. */
public final class MessageText {

    private static final int MOST_ROUTES = 8;
    private static final List<String> ROLES = List.of("provider", "RS", "RS-client", "customer", "peer");
    private static final List<String> REFRESHES = List.of("request", "begin", "end");

    private MessageText() {}

    public static String of(Message message) {
        if (message instanceof Open open) {
            return open(open);
        } else if (message instanceof Update update) {
            return update(update);
        } else if (message instanceof Notification notification) {
            return "NOTIFICATION " + notification.describe();
        } else if (message instanceof RouteRefresh refresh) {
            String kind = refresh.subtype() < REFRESHES.size()
                    ? REFRESHES.get(refresh.subtype())
                    : "subtype " + refresh.subtype();
            return "ROUTE-REFRESH " + refresh.family() + " " + kind;
        }
        return "KEEPALIVE";
    }

    private static String open(Open open) {
        return "OPEN AS " + open.as() + ", hold time " + open.holdSeconds() + " s, identifier "
                + dotted(open.identifier()) + ", capabilities: " + String.join(", ", capabilities(open));
    }

    /** An identifier as people write it. */
    public static String dotted(int identifier) {
        return (identifier >>> 24) + "." + (identifier >>> 16 & 255) + "." + (identifier >>> 8 & 255) + "."
                + (identifier & 255);
    }

    /** What an OPEN offers, in its order. */
    public static List<String> capabilities(Open open) {
        return open.capabilities().stream().map(MessageText::capability).toList();
    }

    private static String capability(Capability capability) {
        if (capability instanceof Capability.Multiprotocol mp) {
            return mp.family().toString();
        } else if (capability instanceof Capability.GracefulRestart graceful) {
            return graceful(graceful);
        } else if (capability instanceof Capability.LongLivedGracefulRestart longLived) {
            return "long-lived-graceful-restart("
                    + longLived.families().stream()
                            .map(entry -> entry.family() + " " + entry.staleSeconds() + " s")
                            .collect(Collectors.joining(" "))
                    + ")";
        } else if (capability instanceof Capability.FourOctetAs as) {
            return "four-octet-as(" + as.as() + ")";
        } else if (capability instanceof Capability.Role role) {
            return "role(" + (role.role() < ROLES.size() ? ROLES.get(role.role()) : "" + role.role()) + ")";
        } else if (capability instanceof Capability.Unknown unknown) {
            return "unknown(" + unknown.code() + ")";
        }
        return plain(capability);
    }

    private static String plain(Capability capability) {
        return switch (capability.code()) {
            case Capability.ROUTE_REFRESH -> "route-refresh";
            case Capability.EXTENDED_NEXT_HOP -> "extended-next-hop";
            case Capability.EXTENDED_MESSAGE -> "extended-message";
            default -> "enhanced-route-refresh";
        };
    }

    private static String graceful(Capability.GracefulRestart graceful) {
        return "graceful-restart(" + graceful.restartSeconds() + " s" + (graceful.restarted() ? " R" : "")
                + (graceful.notification() ? " N" : "") + ")";
    }

    private static String update(Update update) {
        if (update.endOfRib().isPresent()) {
            return "UPDATE end-of-RIB " + update.endOfRib().get();
        }
        List<String> parts = new ArrayList<>();
        update.attributes().forEach(attribute -> {
            if (attribute instanceof PathAttribute.MpReach reach) {
                parts.add(routes("announces", reach.routes()) + " next hop " + reach.nextHop());
            } else if (attribute instanceof PathAttribute.MpUnreach unreach) {
                parts.add(routes("withdraws", unreach.routes()));
            }
        });
        if (!update.announced().isEmpty()) {
            parts.add(0, routes("announces", update.announced()));
        }
        if (!update.withdrawn().isEmpty()) {
            parts.add(0, routes("withdraws", update.withdrawn()));
        }
        update.attributes().stream()
                .map(MessageText::attribute)
                .filter(text -> !text.isEmpty())
                .forEach(parts::add);
        update.faults().forEach(fault -> parts.add("malformed: " + fault.text()));
        return "UPDATE " + String.join(", ", parts);
    }

    private static String routes(String verb, List<IpPrefix> routes) {
        String first =
                routes.stream().limit(MOST_ROUTES).map(IpPrefix::toString).collect(Collectors.joining(" "));
        int more = routes.size() - MOST_ROUTES;
        return verb + " " + first + (more > 0 ? " and " + more + " more" : "");
    }

    private static String attribute(PathAttribute attribute) {
        if (attribute instanceof PathAttribute.Origin origin) {
            return "origin " + origin(origin);
        } else if (attribute instanceof PathAttribute.AsPath path) {
            return "path [" + asPath(path.segments()) + "]";
        } else if (attribute instanceof PathAttribute.NextHop hop) {
            return "next hop " + hop.address();
        } else if (attribute instanceof PathAttribute.Med med) {
            return "MED " + med.value();
        } else if (attribute instanceof PathAttribute.LocalPref pref) {
            return "LOCAL_PREF " + pref.value();
        } else if (attribute instanceof PathAttribute.OnlyToCustomer otc) {
            return "OTC " + otc.as();
        } else if (attribute instanceof PathAttribute.MpReach || attribute instanceof PathAttribute.MpUnreach) {
            return "";
        }
        List<String> communities = communities(attribute);
        return communities.isEmpty() ? "attribute " + attribute.type() : "communities " + String.join(" ", communities);
    }

    /** {@code IGP}, {@code EGP} or {@code incomplete}. */
    public static String origin(PathAttribute.Origin origin) {
        return switch (origin.value()) {
            case 0 -> "IGP";
            case 1 -> "EGP";
            default -> "incomplete";
        };
    }

    /** As routers show it: sequences bare, sets in braces, confederations in parentheses. */
    public static String asPath(List<PathAttribute.AsPath.Segment> segments) {
        return segments.stream().map(MessageText::segment).collect(Collectors.joining(" "));
    }

    private static String segment(PathAttribute.AsPath.Segment segment) {
        String numbers = segment.numbers().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return switch (segment.type()) {
            case PathAttribute.AsPath.SEQUENCE -> numbers;
            case PathAttribute.AsPath.SET -> "{" + numbers + "}";
            default -> "(" + numbers + ")";
        };
    }

    /** Those of one attribute as people write them; none of other attributes. */
    public static List<String> communities(PathAttribute attribute) {
        if (attribute instanceof PathAttribute.Communities standard) {
            return standard.values().stream().map(Object::toString).toList();
        } else if (attribute instanceof PathAttribute.LargeCommunities large) {
            return large.values().stream().map(Object::toString).toList();
        } else if (attribute instanceof PathAttribute.ExtendedCommunities extended) {
            return extended.values().stream().map(MessageText::extended).toList();
        }
        return List.of();
    }

    private static String extended(long value) {
        int kind = (int) (value >>> 48);
        if ((kind & 0xbfff) == 0x0004) {
            float bytesPerSecond = Float.intBitsToFloat((int) value);
            return String.format(Locale.ROOT, "lb:%d:%.0f", value >>> 32 & 0xffff, bytesPerSecond);
        }
        return String.format(Locale.ROOT, "ext:%016x", value);
    }
}
