package org.heraldlb.frr.speaker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.Peer;

/** What operators ask of the sessions of FRR. FRR shows no messages, so there is nothing to trace. */
public final class FrrControl implements BgpControl {

    private static final long PATIENCE_SECONDS = 2;

    private final FrrAnnouncer announcer;

    public FrrControl(FrrAnnouncer announcer) {
        this.announcer = announcer;
    }

    @Override
    public void clear(String peer, boolean soft) {
        announcer.loop().execute(() -> announcer.clear(peer, soft));
    }

    @Override
    public List<ReceivedRoute> received(String peer) {
        return ask(() -> announcer.received(peer), List.of());
    }

    @Override
    public Registration trace(String peer, Consumer<String> line) {
        line.accept("FRR does not show messages; \"debug bgp updates\" in FRR writes them to its log");
        return () -> {};
    }

    @Override
    public void disable(Map<String, String> reasonByPeer) {
        announcer.loop().execute(() -> announcer.disable(reasonByPeer));
    }

    @Override
    public Optional<BgpPeerDetail> detail(String peer) {
        return announcer.status().current().sessions().stream()
                .filter(session -> session.peer().equals(peer))
                .findFirst()
                .flatMap(session -> ask(
                        () -> announcer.peer(peer).map(plan -> detail(session, plan, announcer.disabled(peer))),
                        Optional.empty()));
    }

    private static BgpPeerDetail detail(SessionStatus session, PeerPlan plan, Optional<String> disabled) {
        Peer.Extensions extensions = plan.peer().options().extensions();
        Map<String, String> facts = session.details();
        return new BgpPeerDetail(
                session,
                disabled,
                new BgpPeerDetail.Transport(
                        extensions.passive(),
                        plan.password().isPresent(),
                        extensions.ttlSecurityHops().isPresent()
                                ? OptionalLong.of(
                                        256 - extensions.ttlSecurityHops().getAsInt())
                                : OptionalLong.empty(),
                        plan.peer().endpoint().multihop(),
                        true),
                Map.of(),
                new BgpPeerDetail.Capabilities(
                        words(facts.getOrDefault("capabilitiesSent", "")),
                        words(facts.getOrDefault("capabilitiesReceived", ""))),
                new BgpPeerDetail.Failures(
                        Optional.empty(),
                        Optional.empty(),
                        session.lastError(),
                        "",
                        session.lastError().isEmpty() ? BgpPeerDetail.Attempt.NONE : BgpPeerDetail.Attempt.OTHER),
                new BgpPeerDetail.Counts(
                        Map.of(), Map.of(), number(facts.get("established")), number(facts.get("flaps")), 0));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(", ")).filter(word -> !word.isEmpty()).toList();
    }

    private static long number(String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    /** FRR may hang, and the loop with it; whoever asks does not. */
    private <T> T ask(Supplier<T> question, T otherwise) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        announcer.loop().execute(() -> answer.complete(question.get()));
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException busy) {
            return otherwise;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }
}
