package org.heraldlb.l2.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.host.Link.LinkAddress;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.selection.LinkRules.Obstacle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LinkRulesTest {

    private static final Set<Flag> GOOD = EnumSet.of(Flag.UP, Flag.RUNNING, Flag.BROADCAST, Flag.MULTICAST);
    private static final List<LinkAddress> LINK_LOCAL = List.of(new LinkAddress(IpAddress.parse("fe80::1"), 64));

    private final LinkRules rules = LinkRules.excluding(List.of("^veth.*", "^lo$", "cali"));

    private static Link link(String name, Set<Flag> flags, String master, List<LinkAddress> addresses) {
        return new Link(2, name, Optional.of(new MacAddress(2)), flags, Optional.ofNullable(master), addresses);
    }

    private Optional<Obstacle> obstacle(Link link, IpFamily family) {
        return rules.obstacle(link, family);
    }

    @Test
    void anOrdinaryInterfaceCarriesBothFamilies() {
        Link link = link("eth0", GOOD, null, LINK_LOCAL);

        assertThat(obstacle(link, IpFamily.IPV4)).isEmpty();
        assertThat(obstacle(link, IpFamily.IPV6)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"veth12, true", "lo, true", "lo0, false", "xcali1, true", "eth0.100, false", "bond0, false"})
    void excludedInterfacesCarryNothing(String name, boolean excluded) {
        Optional<Obstacle> obstacle = obstacle(link(name, GOOD, null, LINK_LOCAL), IpFamily.IPV4);

        assertThat(obstacle.isPresent()).isEqualTo(excluded);
        assertThat(obstacle.map(Obstacle::lasting)).isEqualTo(excluded ? Optional.of(true) : Optional.empty());
    }

    @Test
    void partsOfBridgesAndBondsCarryNothing() {
        assertThat(obstacle(link("eth0", GOOD, "br0", LINK_LOCAL), IpFamily.IPV4))
                .hasValueSatisfying(obstacle -> assertThat(obstacle.text()).contains("br0"));
    }

    @Test
    void anInterfaceThatIsDownMayComeUp() {
        EnumSet<Flag> down = EnumSet.of(Flag.BROADCAST);

        assertThat(obstacle(link("eth0", down, null, LINK_LOCAL), IpFamily.IPV4))
                .contains(new Obstacle("is down", false));
    }

    @Test
    void anInterfaceWithoutCarrierIsUsable() {
        assertThat(obstacle(link("eth0", EnumSet.of(Flag.UP, Flag.BROADCAST), null, LINK_LOCAL), IpFamily.IPV4))
                .isEmpty();
    }

    @Test
    void noArpMeansNothingAtAll() {
        EnumSet<Flag> noArp = EnumSet.of(Flag.UP, Flag.BROADCAST, Flag.NOARP);

        assertThat(obstacle(link("eth0", noArp, null, LINK_LOCAL), IpFamily.IPV4))
                .isPresent();
        assertThat(obstacle(link("eth0", noArp, null, LINK_LOCAL), IpFamily.IPV6))
                .isPresent();
    }

    @Test
    void withoutBroadcastThereIsNoArpButNdp() {
        Link link = link("eth0", EnumSet.of(Flag.UP, Flag.MULTICAST), null, LINK_LOCAL);

        assertThat(obstacle(link, IpFamily.IPV4)).isPresent();
        assertThat(obstacle(link, IpFamily.IPV6)).isEmpty();
    }

    @Test
    void withoutLinkLocalAddressThereIsNoNdpYet() {
        assertThat(obstacle(link("eth0", GOOD, null, List.of()), IpFamily.IPV6))
                .hasValueSatisfying(obstacle -> assertThat(obstacle.lasting()).isFalse());
    }

    @Test
    void aPatternThatIsNoneIsNamed() {
        assertThatThrownBy(() -> LinkRules.excluding(List.of("^eth", "(")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"(\"");
    }
}
