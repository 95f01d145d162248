package org.heraldlb.ipam.alloc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.intent.ServiceIntent.FamilyPolicy;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/** Which families a service needs; what MetalLB calls the ipFamily of a service and of addresses. */
final class Families {

    private static final List<IpFamily> V4 = List.of(IpFamily.IPV4);
    private static final List<IpFamily> V6 = List.of(IpFamily.IPV6);
    private static final List<IpFamily> V4_FIRST = List.of(IpFamily.IPV4, IpFamily.IPV6);
    private static final List<IpFamily> V6_FIRST = List.of(IpFamily.IPV6, IpFamily.IPV4);

    private Families() {}

    /** The families of the cluster addresses, the primary one first; IPv4 is primary unless the service says otherwise. */
    static List<IpFamily> of(ServiceIntent service) {
        List<IpFamily> cluster = service.families().cluster();
        if (cluster.isEmpty()) {
            return List.of();
        }
        boolean four = cluster.contains(IpFamily.IPV4);
        boolean six = cluster.contains(IpFamily.IPV6);
        if (four && six) {
            return service.families().primary().orElse(IpFamily.IPV4) == IpFamily.IPV6 ? V6_FIRST : V4_FIRST;
        }
        return four ? V4 : V6;
    }

    /** True when one address is better than none. Whether there are two families to have is not looked at. */
    private static boolean prefersDual(ServiceIntent service) {
        return service.families().policy().orElse(FamilyPolicy.SINGLE_STACK) == FamilyPolicy.PREFER_DUAL_STACK;
    }

    /** True when the service has both families and takes one where both are not to be had. */
    static boolean takesOneOfTwo(ServiceIntent service) {
        return prefersDual(service) && of(service).size() == 2;
    }

    static boolean lacksSecondFamily(ServiceIntent service) {
        return service.families().policy().orElse(FamilyPolicy.SINGLE_STACK) == FamilyPolicy.REQUIRE_DUAL_STACK
                && of(service).size() < 2;
    }

    /** True when there is exactly one address of each family in {@code families}. */
    static boolean match(List<IpAddress> addresses, List<IpFamily> families) {
        if (addresses.size() != families.size()) {
            return false;
        }
        if (addresses.size() == 1) {
            return addresses.get(0).family() == families.get(0);
        }
        return addresses.size() == 2
                && addresses.get(0).family() != addresses.get(1).family();
    }

    /** True when a service may go on with these addresses. */
    static boolean mayKeep(List<IpAddress> addresses, ServiceIntent service) {
        return match(addresses, of(service)) || addresses.size() == 1 && takesOneOfTwo(service);
    }

    /** The same addresses, the primary family first. */
    static List<IpAddress> ordered(List<IpAddress> addresses, ServiceIntent service) {
        if (addresses.size() < 2 || addresses.get(0).family() == of(service).get(0)) {
            return List.copyOf(addresses);
        }
        List<IpAddress> turned = new ArrayList<>(addresses);
        Collections.reverse(turned);
        return List.copyOf(turned);
    }

    /** True when both have the same addresses, in any order. */
    static boolean same(List<IpAddress> some, List<IpAddress> others) {
        return some.size() == others.size() && (some.equals(others) || some.containsAll(others));
    }
}
