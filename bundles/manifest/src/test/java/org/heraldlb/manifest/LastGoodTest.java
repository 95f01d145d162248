package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.manifest.Fixture.ad;
import static org.heraldlb.manifest.Fixture.bfd;
import static org.heraldlb.manifest.Fixture.check;
import static org.heraldlb.manifest.Fixture.community;
import static org.heraldlb.manifest.Fixture.goodPeer;
import static org.heraldlb.manifest.Fixture.node;
import static org.heraldlb.manifest.Fixture.pool;
import static org.heraldlb.manifest.Fixture.secret;

import java.util.List;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Secret;
import org.junit.jupiter.api.Test;

/** What works stays when something that contradicts it arrives. */
class LastGoodTest {

    private static final String A = pool("a", "{addresses: [10.0.0.0/24]}");
    private static final String B = pool("b", "{addresses: [10.0.1.0/24]}");

    private static Checked after(String before, String now) {
        Checked first = check(before);
        assertThat(first.problems()).isEmpty();
        return check(now, first.accepted(), CrossCheckOptions.DEFAULT);
    }

    private static List<String> refs(Checked checked) {
        return checked.accepted().stream()
                .map(object -> object.ref().toString())
                .toList();
    }

    private static String addresses(Checked checked, String pool) {
        return checked.accepted().stream()
                .filter(object -> object instanceof AddressPool && object.name().equals(pool))
                .map(object -> ((AddressPool) object).entries().get(0).text())
                .findFirst()
                .orElse("");
    }

    @Test
    void anOverlappingNewcomerIsRefusedWhateverItsNameIs() {
        Checked checked = after(B, pool("a", "{addresses: [10.0.1.128/25]}") + B);
        assertThat(refs(checked)).containsExactly("IPAddressPool b");
        assertThat(checked.problems()).extracting("subject").containsExactly("IPAddressPool a");
    }

    @Test
    void anEditThatContradictsKeepsTheVersionBefore() {
        Checked checked = after(A + B, A + pool("b", "{addresses: [10.0.0.128/25]}"));
        assertThat(addresses(checked, "b")).isEqualTo("10.0.1.0/24");
        assertThat(checked.problems()).singleElement().extracting("code").isEqualTo("overlappingPrefix");
    }

    @Test
    void twoPoolsMayExchangeTheirAddresses() {
        Checked checked =
                after(A + B, pool("a", "{addresses: [10.0.1.0/24]}") + pool("b", "{addresses: [10.0.0.0/24]}"));
        assertThat(checked.problems()).isEmpty();
        assertThat(addresses(checked, "a")).isEqualTo("10.0.1.0/24");
    }

    @Test
    void theSameObjectFromAnotherPlaceIsNoChange() {
        Checked checked = after(A + B, B + A);
        assertThat(checked.problems()).isEmpty();
        assertThat(refs(checked)).containsExactly("IPAddressPool a", "IPAddressPool b");
    }

    @Test
    void aPoolEditThatBreaksAnAdvertisementIsTheOffender() {
        String advertisement = ad("ad", "{aggregationLength: 24}");
        Checked checked = after(A + advertisement, pool("a", "{addresses: [10.0.0.0/28]}") + advertisement);
        assertThat(checked.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo("IPAddressPool a");
            assertThat(problem.text())
                    .contains("invalid aggregation length 24: prefix 28 in this pool is more specific than the"
                            + " aggregation length for addresses 10.0.0.0/28");
        });
        assertThat(addresses(checked, "a")).isEqualTo("10.0.0.0/24");
    }

    @Test
    void aNewPeerWaitsForItsProfileAndThenComes() {
        Checked waiting = check(goodPeer("p", "bfdProfile: b"));
        assertThat(waiting.accepted()).isEmpty();
        Checked there =
                check(goodPeer("p", "bfdProfile: b") + bfd("b", "{}"), waiting.accepted(), CrossCheckOptions.DEFAULT);
        assertThat(there.problems()).isEmpty();
        assertThat(there.accepted()).hasSize(2);
    }

    @Test
    void aProfileThatVanishesStaysForThePeerThatUsesIt() {
        Checked checked = after(goodPeer("p", "bfdProfile: b") + bfd("b", "{}"), goodPeer("p", "bfdProfile: b"));
        assertThat(checked.problems()).extracting("code").containsExactly("missingBfdProfile");
        assertThat(refs(checked)).containsExactly("BGPPeer p", "BFDProfile b");
    }

    @Test
    void aPeerEditedToAMissingProfileKeepsTheOneBefore() {
        String profile = bfd("b", "{}");
        Checked checked = after(goodPeer("p", "bfdProfile: b") + profile, goodPeer("p", "bfdProfile: none") + profile);
        assertThat(checked.problems()).extracting("code").containsExactly("missingBfdProfile");
        assertThat(check(goodPeer("p", "bfdProfile: b") + profile).accepted()).isEqualTo(checked.accepted());
    }

    @Test
    void aSecretThatTurnsBadLeavesTheGoodOneInUse() {
        String peer = goodPeer("p", "passwordSecret: {name: s}");
        String good = secret("s", "kubernetes.io/basic-auth", "password");
        Checked checked = after(peer + good, peer + secret("s", "Opaque", "password"));
        assertThat(checked.problems()).extracting("code").containsExactly("invalidSecret");
        assertThat(checked.accepted())
                .filteredOn(Secret.class::isInstance)
                .singleElement()
                .extracting("type")
                .isEqualTo("kubernetes.io/basic-auth");
    }

    @Test
    void anAliasThatVanishesStaysForTheAdvertisementThatUsesIt() {
        String advertisement = ad("ad", "{communities: [red]}");
        Checked checked = after(advertisement + community("c", "red", "1:2"), advertisement);
        assertThat(checked.problems()).extracting("code").containsExactly("unknownCommunity");
        assertThat(refs(checked)).containsExactly("BGPAdvertisement ad", "Community c");
    }

    @Test
    void echoIsRefusedOnWhicheverSideComesLast() {
        String v6 = pool("v6", "{addresses: [\"fd00::/64\"]}");
        String peer = goodPeer("p", "bfdProfile: b");
        String plain = bfd("b", "{}");
        String echo = bfd("b", "{echoMode: true}");
        assertThat(after(v6 + ad("ad", "{}") + peer + plain, v6 + ad("ad", "{}") + peer + echo)
                        .problems())
                .extracting("subject")
                .containsExactly("BFDProfile b");
        assertThat(after(ad("ad", "{}") + peer + echo, v6 + ad("ad", "{}") + peer + echo)
                        .problems())
                .extracting("subject")
                .containsExactly("IPAddressPool v6");
        assertThat(after(v6 + peer + echo, v6 + ad("ad", "{}") + peer + echo).problems())
                .extracting("subject")
                .containsExactly("BGPAdvertisement ad");
    }

    @Test
    void objectsWithoutRulesPassThrough() {
        List<ConfigObject> objects = Fixture.parse(node("node1", "{a: b}")).objects();
        assertThat(CrossCheck.check(objects, List.of(), CrossCheckOptions.DEFAULT)
                        .accepted())
                .isEqualTo(objects);
        assertThat(CrossCheck.concerns(objects.get(0).ref().kind())).isFalse();
    }

    @Test
    void oneAddressIsReservedOnceAndANamespaceHasOneQuota() {
        String reserve = "{service: web, addresses: [10.0.0.1]}";
        Checked reserved = check(Fixture.doc("heraldlb.org/v1", "Reservation", "a", reserve)
                + Fixture.doc("heraldlb.org/v1", "Reservation", "b", reserve));
        assertThat(reserved.problems()).extracting("code").containsExactly("duplicateDefinition");
        Checked quotas = check(Fixture.doc("heraldlb.org/v1", "NamespaceQuota", "a", "{maxAddresses: 1}")
                + Fixture.doc("heraldlb.org/v1", "NamespaceQuota", "b", "{namespace: a, maxAddresses: 2}"));
        assertThat(quotas.problems()).extracting("subject").containsExactly("NamespaceQuota b");
    }
}
