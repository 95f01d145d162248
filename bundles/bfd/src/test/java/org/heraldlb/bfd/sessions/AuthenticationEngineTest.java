package org.heraldlb.bfd.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdAuthentication.Type;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpWill;
import org.heraldlb.api.intent.SecretValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that come, change and are handed on while sessions run. */
@Timeout(300)
final class AuthenticationEngineTest {

    private final EngineLab lab = new EngineLab();
    private final BfdEngine here = lab.engine(EngineLab.HERE, 1);
    private final BfdEngine there = lab.engine(EngineLab.THERE, 2);
    private final TestRequest mine = with("old");
    private final TestRequest theirs = TestRequest.to(EngineLab.HERE);

    @AfterEach
    void close() throws InterruptedException {
        lab.close();
        assertThat(lab.network.isQuiet()).as("every socket is closed").isTrue();
    }

    private static Optional<BfdAuthentication> key(String key) {
        return Optional.of(new BfdAuthentication(Type.METICULOUS_KEYED_SHA1, 7, new SecretValue(key)));
    }

    private static TestRequest with(String key) {
        TestRequest request = TestRequest.to(EngineLab.THERE);
        request.authentication = key(key);
        return request;
    }

    private void bothUp() throws InterruptedException {
        theirs.authentication = mine.authentication;
        here.add(mine);
        there.add(theirs);
        mine.await(BfdState.UP);
        theirs.await(BfdState.UP);
    }

    private static boolean warns(BfdSnapshot shown) {
        return EngineLab.troubles(shown).stream().anyMatch(each -> each.code().equals("bfdAuthentication"));
    }

    private static long received(BfdSnapshot shown) {
        return shown.sessions().isEmpty()
                ? 0
                : shown.sessions().get(0).packets().received();
    }

    private static void hearsMore(BfdEngine engine) throws Exception {
        long before = received(engine.view().current());
        EngineLab.await(engine, s -> received(s) > before + 5);
    }

    private static void neverWentDown(BfdEngine engine) {
        assertThat(engine.view().current().sessions())
                .allMatch(each -> each.packets().downs() == 0);
    }

    /** BGP's way to change something: another request first, then the one before leaves. */
    @Test
    void anotherRequestWithAnotherKeyWaitsForThePeerWithoutAFlap() throws Exception {
        bothUp();
        TestRequest next = with("new");
        here.add(next);
        here.remove(mine);
        BfdSnapshot waiting = EngineLab.await(here, AuthenticationEngineTest::warns);
        assertThat(waiting.problems().toString()).doesNotContain("old").contains("still uses");
        hearsMore(here);
        hearsMore(there);
        neverWentDown(here);
        neverWentDown(there);
    }

    @Test
    void authenticationIsTurnedOnAndOffWithoutAFlap() throws Exception {
        mine.authentication = Optional.empty();
        bothUp();
        for (Optional<BfdAuthentication> wanted : java.util.List.of(key("on"), Optional.<BfdAuthentication>empty())) {
            mine.authentication = wanted;
            here.changed(mine);
            EngineLab.await(here, AuthenticationEngineTest::warns);
            theirs.authentication = wanted;
            there.changed(theirs);
            hearsMore(here);
            hearsMore(there);
        }
        neverWentDown(here);
        neverWentDown(there);
    }

    @Test
    void twoClientsWithTwoKeysAreToldAndTheFirstOnesCounts() throws Exception {
        bothUp();
        TestRequest other = with("other");
        here.add(other);
        BfdSnapshot shown = EngineLab.await(here, AuthenticationEngineTest::warns);
        assertThat(shown.problems().toString()).contains("another client").doesNotContain("other\"");
        hearsMore(here);
        here.remove(other);
        EngineLab.await(here, s -> !warns(s));
        neverWentDown(here);
    }

    @Test
    void aKeyThatDoesNotFitLeavesTheSessionAsItIs() throws Exception {
        bothUp();
        mine.authentication = key("a key that is much too long for SHA1");
        here.changed(mine);
        BfdSnapshot shown = EngineLab.await(here, s -> !EngineLab.troubles(s).isEmpty());
        assertThat(shown.problems().toString())
                .contains("1 to 20 octets", "before stays")
                .doesNotContain("much too");
        hearsMore(here);
        neverWentDown(here);
    }

    @Test
    void anAuthenticatedSessionIsHandedOn() throws Exception {
        bothUp();
        here.handOver();
        mine.await(BfdState.UNAVAILABLE);
        TestRequest again = with("old");
        BfdEngine after = lab.engine(EngineLab.HERE, 3);
        after.add(again);
        again.await(BfdState.UP);
        hearsMore(after);
        hearsMore(there);
        neverWentDown(there);
        assertThat(there.view().current().sessions())
                .allMatch(each -> each.packets().ups() == 1);
    }

    @Test
    void theFarewellOfAnAuthenticatedSessionIsSigned() throws Exception {
        bothUp();
        here.handOver();
        mine.await(BfdState.UNAVAILABLE);
        for (UdpWill will : lab.network.wills.values()) {
            will.socket().send(will.last(), will.to(), will.scope(), will.port());
            will.socket().close();
        }
        assertThat(theirs.await(BfdState.DOWN).remoteAdminDown()).isTrue();
    }
}
