package org.heraldlb.bgp.packet;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.net.IpPrefix;

/**
 * RFC 4271 section 4.3.
 *
 * @param withdrawn IPv4 routes
 * @param attributes in the sender's order, without those that were malformed
 * @param announced IPv4 routes
 * @param faults what was wrong with attributes; empty for messages of ours
 */
public record Update(
        List<IpPrefix> withdrawn, List<PathAttribute> attributes, List<IpPrefix> announced, List<AttributeFault> faults)
        implements Message {

    public Update {
        withdrawn = List.copyOf(withdrawn);
        attributes = List.copyOf(attributes);
        announced = List.copyOf(announced);
        faults = List.copyOf(faults);
    }

    public Update(List<IpPrefix> withdrawn, List<PathAttribute> attributes, List<IpPrefix> announced) {
        this(withdrawn, attributes, announced, List.of());
    }

    /** End-of-RIB (RFC 4724 section 2). */
    public static Update endOfRib(Family family) {
        return family.equals(Family.IPV4_UNICAST)
                ? new Update(List.of(), List.of(), List.of())
                : new Update(List.of(), List.of(new PathAttribute.MpUnreach(family, List.of())), List.of());
    }

    /** The family whose routes are complete with this message. */
    public Optional<Family> endOfRib() {
        if (!withdrawn.isEmpty() || !announced.isEmpty() || attributes.size() > 1 || !faults.isEmpty()) {
            return Optional.empty();
        }
        if (attributes.isEmpty()) {
            return Optional.of(Family.IPV4_UNICAST);
        }
        return find(PathAttribute.MpUnreach.class)
                .filter(mp -> mp.routes().isEmpty())
                .map(PathAttribute.MpUnreach::family);
    }

    /** RFC 7606 section 2: every route of this message counts as withdrawn. */
    public boolean treatAsWithdraw() {
        return faults.stream().anyMatch(fault -> fault.action() == AttributeFault.Action.TREAT_AS_WITHDRAW);
    }

    /** The attribute of a kind. */
    public <T extends PathAttribute> Optional<T> find(Class<T> kind) {
        return attributes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    @Override
    public int type() {
        return TYPE_UPDATE;
    }
}
