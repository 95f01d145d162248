package org.heraldlb.bgp.speaker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.runtime.EventLoop;

/** The operator's verbs, carried to the speaker's loop. */
final class SpeakerControl implements BgpControl {

    private static final long PATIENCE_SECONDS = 2;
    private static final String CLEARED = "cleared by the operator";

    private final Speaker speaker;
    private final EventLoop loop;

    SpeakerControl(Speaker speaker, EventLoop loop) {
        this.speaker = speaker;
        this.loop = loop;
    }

    @Override
    public void clear(String peer, boolean soft) {
        speaker.clear(peer, soft, CLEARED);
    }

    @Override
    public List<ReceivedRoute> received(String peer) {
        return ask(() -> speaker.session(peer).map(PeerSession::received).orElse(List.of()), List.of());
    }

    @Override
    public Registration trace(String peer, Consumer<String> line) {
        loop.execute(() -> speaker.trace(peer).add(line));
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                loop.execute(() -> speaker.trace(peer).remove(line));
            }
        };
    }

    @Override
    public void disable(Map<String, String> reasonByPeer) {
        Map<String, String> wanted = Map.copyOf(reasonByPeer);
        loop.execute(() -> speaker.disable(wanted));
    }

    @Override
    public Optional<BgpPeerDetail> detail(String peer) {
        return ask(() -> speaker.detail(peer), Optional.empty());
    }

    /** Waits for the loop, which a table of a million routes may keep for a moment. */
    private <T> T ask(Supplier<T> question, T nothing) {
        if (loop.inLoop()) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(question.get()));
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return nothing;
        } catch (ExecutionException | TimeoutException silent) {
            return nothing;
        }
    }
}
