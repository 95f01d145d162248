package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.Claim;
import org.heraldlb.l2.responder.Claims;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.Responder;
import org.heraldlb.l2.responder.Verdict;
import org.heraldlb.l2.responder.VerdictCounts;

/**
 * The capture thread's side of a station. Claims come in through one volatile field, replies leave from inside the
 * callback, nothing is allocated for a frame.
 */
final class Listener implements FrameListener {

    private final Responder responder;
    private final FlightRecorder recorder;
    private final Consumer<String> whenBroken;
    private final VerdictCounts counts = new VerdictCounts();
    private final byte[] reply;
    private volatile Claims claims = Claims.NONE;

    /** {@code whenBroken} is called on the capture thread with the reason. */
    Listener(Responder responder, FlightRecorder recorder, Consumer<String> whenBroken) {
        this.responder = responder;
        this.recorder = recorder;
        this.whenBroken = whenBroken;
        this.reply = new byte[responder.replyLength()];
    }

    /** Any thread; for the next frame on. */
    void claim(Set<IpAddress> here, Map<IpAddress, AddressCounts> all) {
        List<Claim> list = all.entrySet().stream()
                .map(entry -> new Claim(entry.getKey(), here.contains(entry.getKey()), entry.getValue()))
                .toList();
        claims = new Claims(list);
    }

    /** The reply leaves first, the books are kept afterwards: whoever asked need not wait for them. */
    @Override
    public void frame(FrameSocket socket, byte[] buffer, int length, long nowNanos) {
        Verdict verdict = responder.decide(buffer, length, claims, reply);
        if (verdict == Verdict.ANSWERED) {
            send(socket);
        }
        counts.count(verdict);
        recorder.record(buffer, length, nowNanos, verdict);
    }

    private void send(FrameSocket socket) {
        AddressCounts address = responder.claim().counts();
        try {
            socket.send(reply, reply.length);
            address.responded();
        } catch (IOException full) {
            // As good as lost on the way: the asker asks again. The counters tell, a log line for each would not help.
            counts.countLost();
        }
        address.requested();
    }

    @Override
    public void broken(FrameSocket socket, String reason) {
        whenBroken.accept(reason);
    }

    VerdictCounts counts() {
        return counts;
    }

    FlightRecorder recorder() {
        return recorder;
    }
}
