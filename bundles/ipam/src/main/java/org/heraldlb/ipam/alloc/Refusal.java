package org.heraldlb.ipam.alloc;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/**
 * Why something is not given. The codes stay as they are for ever; the texts contain the words of MetalLB, because people
 * search for them.
 *
 * @param code stable, lower camel case
 * @param text without the name of the service, unless it is about the name
 */
record Refusal(String code, String text) {

    private static final Set<String> ROOM = Set.of("noAvailableIps", "noAvailableIpsInPool");

    static final Refusal NO_POOLS = new Refusal("noPools", "there are no address pools");
    static final Refusal NO_CLUSTER_ADDRESS =
            new Refusal("noClusterAddress", "the service has no cluster address, so its IP family is unknown");
    static final Refusal NOT_ENOUGH_CLUSTER_ADDRESSES = new Refusal(
            "notEnoughClusterAddresses", "not enough clusterips: RequireDualStack needs one of each family");
    static final Refusal NO_AVAILABLE_IPS = new Refusal("noAvailableIps", "no available IPs");

    static Refusal unknownPool(String pool) {
        return new Refusal("unknownPool", "unknown pool \"" + pool + "\"");
    }

    static Refusal exhausted(PoolSpace pool) {
        return new Refusal("noAvailableIpsInPool", "no available IPs in pool " + pool.name());
    }

    static Refusal familyMissing(PoolSpace pool, IpFamily family) {
        String name = family == IpFamily.IPV4 ? "IPv4" : "IPv6";
        return new Refusal(
                "familyMissing", "no available IPs in pool " + pool.name() + ": it has no " + name + " addresses");
    }

    static Refusal notCompatible(PoolSpace pool) {
        return new Refusal("poolNotCompatible", "pool " + pool.name() + " not compatible for ip assignment");
    }

    static Refusal familyMismatch(List<IpAddress> addresses) {
        return new Refusal(
                "familyMismatch",
                "requested loadBalancer IP(s) " + addresses + " does not match the ipFamily of the service");
    }

    static Refusal notInPools(List<IpAddress> addresses) {
        return new Refusal("addressNotInPools", addresses + " is not allowed in config");
    }

    static Refusal poolMismatch(List<IpAddress> addresses, String pool) {
        return new Refusal(
                "poolMismatch",
                "requested loadBalancer IP(s) " + addresses + " is not compatible with requested address pool " + pool);
    }

    static Refusal portInUse(ServiceIntent.Port port, IpAddress address) {
        return new Refusal("portInUse", "port " + port + " is already in use on \"" + address + "\"");
    }

    static Refusal otherKey(NamespacedName service, List<NamespacedName> others, int more) {
        String names = others.stream().map(NamespacedName::toString).collect(Collectors.joining(","));
        return new Refusal(
                "sharingKeyConflict",
                "can't change sharing key for \"" + service + "\", address also in use by " + names
                        + (more > 0 ? " and " + more + " more" : ""));
    }

    static Refusal reserved(IpAddress address, NamespacedName owner) {
        return new Refusal("addressReserved", "\"" + address + "\" is reserved for " + owner);
    }

    static Refusal inGrace(IpAddress address, NamespacedName owner) {
        return new Refusal("addressInGraceTime", "\"" + address + "\" is kept for " + owner + ", which had it last");
    }

    static Refusal quota(String namespace, int limit) {
        return new Refusal(
                "quotaExceeded", "namespace " + namespace + " may have " + limit + " addresses and has them");
    }

    /** True when only more room helps: nothing that others gain makes it another refusal. */
    static boolean isLackOfRoom(Problem problem) {
        return problem != null && ROOM.contains(problem.code());
    }

    /** The service has nothing. */
    Problem failure(ServiceIntent service) {
        return Problem.error(code, service.ref().toString(), sentence(service));
    }

    /** The service keeps what it has instead. */
    Problem advice(ServiceIntent service) {
        return Problem.warning(code, service.ref().toString(), sentence(service) + "; it keeps what it has");
    }

    private String sentence(ServiceIntent service) {
        return "Failed to allocate IP for \"" + service.serviceName() + "\": " + text;
    }
}
