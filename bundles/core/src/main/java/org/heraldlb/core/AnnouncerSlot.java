package org.heraldlb.core;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.HandOver;
import org.heraldlb.api.Plan;
import org.heraldlb.api.Registration;

/**
 * The announcers of one kind, of which one is chosen: the highest ranked that the target accepts. One that appears gets
 * the current plan at once. One that is replaced while it is still there is told an empty plan when its successor has
 * acted (make before break), so that two never contradict each other for long. Where its peers know only one announcer
 * of this node at a time ({@link HandOver}), it lets go first instead, without a farewell. The loop's.
 *
 * @param <P> kind of plan
 */
final class AnnouncerSlot<P extends Plan> {

    /**
     * An announcer on offer.
     *
     * @param key identity and rank of the service: higher wins
     * @param properties of the service
     */
    record Offer<P extends Plan>(Rank key, Announcer<P> announcer, Map<String, ?> properties) {}

    private final UnaryOperator<P> emptied;
    private final boolean makeBeforeBreak;
    private final Consumer<Runnable> loop;
    private final Runnable changed;
    private final Map<Rank, Offer<P>> offers = new HashMap<>();
    private final Map<Rank, Registration> observations = new HashMap<>();
    private Predicate<Map<String, ?>> target = properties -> true;
    private Offer<P> chosen;
    private Offer<P> retiring;
    /** Lets go now; the chosen one begins after it. */
    private Offer<P> lettingGo;

    private AnnouncerStatus status;
    private P plan;

    /**
     * @param emptied the plan that announces nothing, of the same generation
     * @param makeBeforeBreak false: the old one stops before the new one starts
     * @param loop posts
     * @param changed called on the loop when the status changed
     */
    AnnouncerSlot(UnaryOperator<P> emptied, boolean makeBeforeBreak, Consumer<Runnable> loop, Runnable changed) {
        this.emptied = emptied;
        this.makeBeforeBreak = makeBeforeBreak;
        this.loop = loop;
        this.changed = changed;
    }

    void target(Predicate<Map<String, ?>> next) {
        target = next;
        choose();
    }

    void offer(Offer<P> offer) {
        offers.put(offer.key(), offer);
        choose();
    }

    void withdraw(Rank key) {
        offers.remove(key);
        if (retiring != null && retiring.key().equals(key)) {
            retiring = null;
        }
        choose();
        if (lettingGo != null && lettingGo.key().equals(key)) {
            begin(lettingGo);
        }
    }

    /** Tells the plan to the chosen one. */
    void apply(P next) {
        plan = next;
        if (chosen != null && lettingGo == null) {
            chosen.announcer().apply(next);
        }
    }

    private void choose() {
        Offer<P> best = offers.values().stream()
                .filter(offer -> target.test(offer.properties()))
                .max(Comparator.comparing(Offer::key))
                .orElse(null);
        if (best == chosen) {
            return;
        }
        Offer<P> old = chosen;
        chosen = best;
        status = null;
        stopObserving(old);
        Offer<P> present = old != null && offers.containsKey(old.key()) ? old : null;
        if (lettingGo == null) {
            succeed(present);
        }
        changed.run();
    }

    /** @param old null when it is not there any more */
    private void succeed(Offer<P> old) {
        // A successor that announces nothing, such as shadow, is none that routers should keep stale routes for.
        if (old != null
                && chosen != null
                && plan != null
                && chosen.announcer() instanceof HandOver
                && old.announcer() instanceof HandOver leaving) {
            finishRetiring();
            lettingGo = old;
            leaving.letGo(() -> loop.accept(() -> begin(old)));
            return;
        }
        replace(old);
        if (chosen != null) {
            start(chosen);
        }
    }

    /** The old one has let go, is gone, or takes too long. */
    private void begin(Offer<P> left) {
        if (lettingGo == left) {
            lettingGo = null;
            if (chosen != null) {
                start(chosen);
            }
            changed.run();
        }
    }

    /** {@code old} is still there: it must stop announcing, now or when the new one has acted. */
    private void replace(Offer<P> old) {
        finishRetiring();
        if (old == null) {
            return;
        }
        retiring = old;
        if (!makeBeforeBreak || chosen == null) {
            finishRetiring();
        }
    }

    /** Ends a hand-over, whether the new one has acted or not. */
    void finishRetiring() {
        if (lettingGo != null) {
            begin(lettingGo);
        }
        if (retiring != null && retiring != chosen && plan != null) {
            retiring.announcer().apply(emptied.apply(plan));
        }
        retiring = null;
    }

    boolean isLettingGo() {
        return lettingGo != null;
    }

    boolean isRetiring() {
        return retiring != null || lettingGo != null;
    }

    private void start(Offer<P> offer) {
        if (plan != null) {
            offer.announcer().apply(plan);
        }
        observations.put(
                offer.key(), offer.announcer().status().observe(next -> loop.accept(() -> statusOf(offer, next))));
    }

    private void stopObserving(Offer<P> old) {
        Registration observation = old == null ? null : observations.remove(old.key());
        if (observation != null) {
            observation.close();
        }
    }

    private void statusOf(Offer<P> offer, AnnouncerStatus next) {
        if (offer != chosen) {
            return;
        }
        status = next;
        if (plan != null && next.ready() && next.observedGeneration() >= plan.generation()) {
            finishRetiring();
        }
        changed.run();
    }

    boolean isEmpty() {
        return chosen == null;
    }

    Optional<AnnouncerStatus> status() {
        return Optional.ofNullable(status);
    }

    /** Stops observing; the announcers keep their plans. */
    void close() {
        observations.values().forEach(Registration::close);
        observations.clear();
    }
}
