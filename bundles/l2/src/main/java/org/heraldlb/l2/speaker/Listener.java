package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.util.Collection;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.Askers;
import org.heraldlb.l2.responder.Claim;
import org.heraldlb.l2.responder.Claims;
import org.heraldlb.l2.responder.EchoResponder;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.Responder;
import org.heraldlb.l2.responder.Sent;
import org.heraldlb.l2.responder.Verdict;
import org.heraldlb.l2.responder.VerdictCounts;

/**
 * The capture thread's side of a station. Claims come in through one volatile field, replies leave from inside the
 * callback, nothing is allocated for a frame.
 */
final class Listener implements FrameListener {

    /** Whom it tells about what it cannot do itself. */
    interface Superior {

        /** Somebody else claims an address; on the capture thread, once until {@link Listener#hearsay()} is drained. */
        void news(Listener from);

        /** The socket broke; on the capture thread. */
        void broken(Listener from, String reason);
    }

    private final Responder responder;
    private final Permit permit;
    private final FlightRecorder recorder;
    private final Superior superior;
    private final boolean echo;
    private final VerdictCounts counts = new VerdictCounts();
    private final Askers askers = new Askers();
    private final Hearsay hearsay;
    private final byte[] reply;
    private volatile Claims claims = Claims.NONE;

    Listener(Responder responder, Permit permit, FlightRecorder recorder, Superior superior) {
        this.responder = responder;
        this.permit = permit;
        this.recorder = recorder;
        this.superior = superior;
        this.echo = responder instanceof EchoResponder;
        this.reply = new byte[responder.replyLength()];
        this.hearsay = new Hearsay(() -> superior.news(this));
    }

    /** Any thread; for the next frame on. */
    void claim(Collection<Claim> all) {
        claims = new Claims(all);
    }

    /** The reply leaves first, the books are kept afterwards: whoever asked need not wait for them. */
    @Override
    public void frame(FrameSocket socket, byte[] buffer, int length, long nowNanos) {
        Verdict verdict = responder.decide(buffer, length, claims, reply);
        if (verdict == Verdict.ANSWERED) {
            answer(socket, buffer, length, nowNanos);
        } else {
            book(verdict, buffer, length, nowNanos);
        }
    }

    private void answer(FrameSocket socket, byte[] buffer, int length, long nowNanos) {
        Claim claim = responder.claim();
        if (!permit.allows(claim.mode(), nowNanos)) {
            book(Permit.refusal(claim.mode()), buffer, length, nowNanos);
            return;
        }
        if (!responder.mayAnswer(nowNanos)) {
            book(Verdict.RATE_LIMITED, buffer, length, nowNanos);
            return;
        }
        boolean sent = send(socket);
        book(Verdict.ANSWERED, buffer, length, nowNanos);
        if (sent) {
            recorder.record(reply, responder.lastReplyLength(), nowNanos, Sent.REPLY);
        }
        if (!echo) {
            AddressCounts address = claim.counts();
            address.requested();
            if (sent) {
                address.responded();
            }
            askers.note(responder.otherMac(), responder.otherHigh(), responder.otherLow(), claim, nowNanos);
        }
    }

    private boolean send(FrameSocket socket) {
        try {
            socket.send(reply, responder.lastReplyLength());
            return true;
        } catch (IOException full) {
            // As good as lost on the way: the asker asks again. The counters tell, a log line for each would not help.
            counts.countLost();
            return false;
        }
    }

    private void book(Verdict verdict, byte[] buffer, int length, long nowNanos) {
        counts.count(verdict);
        recorder.record(buffer, length, nowNanos, verdict);
        if (!echo) {
            gossip(verdict);
        }
    }

    private void gossip(Verdict verdict) {
        switch (verdict) {
            case CONFLICT -> tell(Hearsay.Kind.CLAIMED);
            case WATCHED -> tell(Hearsay.Kind.WATCHED);
            case PROBING -> {
                if (responder.otherLow() == 0 && responder.otherHigh() == 0) {
                    tell(Hearsay.Kind.WANTED);
                }
            }
            default -> {
                // Of no interest to the loop.
            }
        }
    }

    private void tell(Hearsay.Kind kind) {
        hearsay.tell(responder.claim(), responder.otherMac(), kind);
    }

    @Override
    public void broken(FrameSocket socket, String reason) {
        superior.broken(this, reason);
    }

    /** {@code icmp} for pings, else by what it resolves. */
    boolean isEcho() {
        return echo;
    }

    VerdictCounts counts() {
        return counts;
    }

    FlightRecorder recorder() {
        return recorder;
    }

    Askers askers() {
        return askers;
    }

    Hearsay hearsay() {
        return hearsay;
    }
}
