package org.heraldlb.l2.speaker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.Membership;
import org.heraldlb.runtime.EventLoop;

/**
 * The other nodes, as membership tells of them: who they are, and whether this one may answer. Whoever may answer again
 * owes the links a word, for others may have spoken in the meantime. The loop owns it.
 */
final class Company {

    private static final String TIMER = "permit";
    private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

    private final EventLoop loop;
    private final Permit permit;
    private final Fellows fellows;
    private final SpokenCounts counts;
    private final Consumer<Mode> tellAgain;
    private final Runnable changed;
    private final Map<Mode, Boolean> permitted = new EnumMap<>(Mode.class);
    private final Map<Mode, Long> withheld = new EnumMap<>(Mode.class);
    private Membership membership;
    private Registration observation;

    Company(
            EventLoop loop,
            Permit permit,
            Fellows fellows,
            SpokenCounts counts,
            Consumer<Mode> tellAgain,
            Runnable changed) {
        this.loop = loop;
        this.permit = permit;
        this.fellows = fellows;
        this.counts = counts;
        this.tellAgain = tellAgain;
        this.changed = changed;
        for (Mode mode : Mode.values()) {
            permitted.put(mode, true);
            withheld.put(mode, 0L);
        }
    }

    /** Any thread. */
    void follow(Membership next) {
        permit.become(next.lease());
        loop.execute(() -> {
            close();
            membership = next;
            // The observer may run on any thread, and once more after it was taken back.
            observation = next.observe(snapshot -> loop.execute(() -> members(next, snapshot)));
            look();
        });
    }

    private void members(Membership from, MemberSnapshot snapshot) {
        if (membership == from) {
            fellows.members(snapshot);
        }
    }

    /** Any thread. Does nothing when it is another one by now. */
    void leave(Membership gone) {
        loop.execute(() -> {
            if (membership == gone) {
                close();
                permit.become(AnswerLease.ALWAYS);
                fellows.members(null);
                look();
            }
        });
    }

    void close() {
        if (observation != null) {
            observation.close();
            observation = null;
        }
        membership = null;
    }

    /** As of the last look. */
    boolean permits(Mode mode) {
        return permitted.get(mode);
    }

    private void look() {
        long now = loop.ticker().nanos();
        for (Mode mode : Mode.values()) {
            boolean may = permit.allows(mode, now);
            boolean could = permitted.put(mode, may);
            long silences = counts.withheldIn(mode);
            boolean owing = silences != withheld.put(mode, silences);
            if (may && (owing || !could)) {
                tellAgain.accept(mode);
            }
            if (may != could) {
                changed.run();
            }
        }
        if (permit.canEnd()) {
            loop.schedule(TIMER, now + INTERVAL_NANOS, this::look);
        }
    }
}
