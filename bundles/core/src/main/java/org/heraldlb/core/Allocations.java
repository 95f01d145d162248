package org.heraldlb.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.AllocationRole.Role;
import org.heraldlb.runtime.PersistentMap;

/**
 * Which service has which addresses: what is held goes into the question, the Ipam answers or somebody else's answer is
 * followed, and the ledger remembers. The loop's.
 */
final class Allocations implements AutoCloseable {

    private final Inputs inputs;
    private CoreSettings settings;
    private Following following;
    private LedgerFile ledger;
    private Addresses addresses;
    private AllocationRequest request;
    private AllocationRequest asked;
    private AllocationResult result = AllocationResult.EMPTY;
    private PersistentMap<NamespacedName, Allocation> allocated = PersistentMap.empty();

    /** @param inputs says who answers and what the role is */
    Allocations(Inputs inputs, CoreSettings settings) {
        this.inputs = inputs;
        settings(settings);
    }

    /** Reads what the last run has left. */
    void open(Instant now) {
        ledger = LedgerFile.open(settings.state(), now);
        addresses = new Addresses(ledger.state());
    }

    boolean isOpen() {
        return ledger != null;
    }

    /** The state directory stays. */
    void settings(CoreSettings next) {
        settings = next;
        askAnew();
    }

    /** Another Ipam, or another role, decides and explains differently from what its predecessor was asked. */
    void askAnew() {
        request = null;
        boolean allocates = inputs.role == Role.ALLOCATE && isShadowOfAnAllocator();
        String elects = inputs.roleSource;
        Predicate<ServiceIntent> elsewhere =
                service -> !elects.isEmpty() && !service.origin().source().equals(elects);
        following = new Following(elsewhere.or(service -> allocates && service.takenOver()));
    }

    /** Where a source has an allocator, a shadow's services have what the other one gave them, but for what is taken over. */
    private boolean isShadowOfAnAllocator() {
        return settings.planning().shadow() && inputs.hasRoles();
    }

    /**
     * Asks, if the question is another one. Without an Ipam everything stays.
     *
     * @param awaited sources whose services may still appear
     */
    void allocate(Intent intent, Predicate<String> awaited, Instant now) {
        if (inputs.ipam == null) {
            return;
        }
        AllocationRequest next = new AllocationRequest(
                intent.addressing(),
                intent.cluster().namespaces(),
                intent.services(),
                addresses.held(intent),
                addresses.kept(now, awaited),
                now,
                settings.loadBalancerClass());
        boolean follows = inputs.role == Role.FOLLOW || isShadowOfAnAllocator();
        next = follows ? following.ask(next) : next;
        if (request != null && sameQuestion(request, next) && !(follows && following.hasNews())) {
            return;
        }
        AllocationResult answer = inputs.ipam.allocate(next);
        answer = follows ? following.answer(next, answer) : answer;
        take(answer, intent, awaited, now);
        // The next question differs from this one only in what this answer says.
        request = follows ? next : withHeld(next, intent, awaited);
        asked = next;
    }

    private void take(AllocationResult answer, Intent intent, Predicate<String> awaited, Instant now) {
        PersistentMap<NamespacedName, Allocation> before = allocated;
        allocated = reuse(before, PersistentMap.of(answer.allocations()));
        addresses.decide(before, allocated, intent.addressing(), now);
        ledger.save(addresses.toLedger(allocated, awaited));
        result = new AllocationResult(allocated, answer.failures(), answer.usage(), answer.problems());
    }

    private AllocationRequest withHeld(AllocationRequest last, Intent intent, Predicate<String> awaited) {
        return new AllocationRequest(
                last.addressing(),
                last.namespaces(),
                last.services(),
                addresses.held(intent),
                addresses.kept(last.now(), awaited),
                last.now(),
                last.loadBalancerClass());
    }

    /** The map of before when the new one says the same. */
    private static <K extends Comparable<? super K>, V> PersistentMap<K, V> reuse(
            PersistentMap<K, V> before, PersistentMap<K, V> after) {
        List<K> different = new ArrayList<>();
        PersistentMap.diff(before, after, (key, was, is) -> {
            if (!Objects.equals(was, is)) {
                different.add(key);
            }
        });
        return different.isEmpty() ? before : after;
    }

    private static boolean sameQuestion(AllocationRequest last, AllocationRequest next) {
        return last.addressing() == next.addressing()
                && last.namespaces() == next.namespaces()
                && last.services() == next.services()
                && last.held() == next.held()
                && last.released().equals(next.released())
                && last.loadBalancerClass().equals(next.loadBalancerClass())
                && !expired(next.addressing().reservations(), last.now(), next.now());
    }

    private static boolean expired(List<Reservation> reservations, Instant since, Instant now) {
        return reservations.stream()
                .flatMap(reservation -> reservation.expires().stream())
                .anyMatch(expiry -> expiry.isAfter(since) && !expiry.isAfter(now));
    }

    /** The last answer. */
    AllocationResult result() {
        return result;
    }

    /** The last question, null before the first. */
    AllocationRequest asked() {
        return asked;
    }

    /** When the first address that is kept for a service that is gone becomes free. */
    Optional<Instant> nextExpiry() {
        return addresses.nextExpiry();
    }

    List<Problem> problems() {
        return ledger.problems();
    }

    @Override
    public void close() {
        if (ledger != null) {
            ledger.close();
        }
    }
}
