package org.heraldlb.core.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.manifest.Checked;
import org.heraldlb.manifest.CrossCheck;
import org.heraldlb.manifest.CrossCheckOptions;
import org.heraldlb.runtime.PersistentMap;

/**
 * A merge that remembers. Gives the same as {@link Merge}, and the same object as before when nothing changed. Rules
 * between objects are checked only when an object that they concern changed: never for services and endpoints. Not
 * thread-safe; its results are.
 */
public final class IncrementalMerge {

    private final CrossCheckOptions options;
    private final SortedMap<ObjectRef, ConfigObject> configs = new TreeMap<>();
    private final Map<NamespacedName, SortedMap<ObjectRef, EndpointSlice>> slices = new HashMap<>();
    private final Map<ObjectRef, NamespacedName> serviceOfSlice = new HashMap<>();
    private final List<FragmentDiff> diffs = new ArrayList<>();
    private Claims claims = new Claims();
    private List<IntentFragment> fragments = List.of();
    private PersistentMap<NamespacedName, ServiceIntent> services = PersistentMap.empty();
    private PersistentMap<NamespacedName, List<EndpointSlice>> endpoints = PersistentMap.empty();
    private boolean configChanged = true;
    private Checked checked;
    private IntentParts parts = IntentParts.EMPTY;
    private Merged merged = Merged.EMPTY;

    /** @param previous what an earlier merge accepted */
    public IncrementalMerge(Collection<ConfigObject> previous, CrossCheckOptions options) {
        this.options = options;
        this.checked = new Checked(List.copyOf(previous), List.of());
    }

    /** Merges {@code byPrecedence}: of two objects of one identity the one of the earlier fragment wins. */
    public Merged merge(List<IntentFragment> byPrecedence) {
        if (!sameSources(byPrecedence)) {
            take(List.of());
            claims = new Claims();
        }
        take(byPrecedence);
        if (configChanged) {
            checked = CrossCheck.check(List.copyOf(configs.values()), checked.accepted(), options);
            parts = IntentParts.of(checked.accepted()).reusing(parts);
            configChanged = false;
        }
        merged = new Merged(intent(), checked.accepted(), problems(byPrecedence));
        return merged;
    }

    private boolean sameSources(List<IntentFragment> next) {
        return sources(fragments).equals(sources(next));
    }

    private static List<String> sources(List<IntentFragment> fragments) {
        return fragments.stream().map(IntentFragment::source).toList();
    }

    private void take(List<IntentFragment> next) {
        int ranks = Math.max(fragments.size(), next.size());
        for (int i = 0; i < ranks; i++) {
            int rank = i;
            if (i == diffs.size()) {
                diffs.add(new FragmentDiff());
            }
            List<ConfigObject> objects = i < next.size() ? next.get(i).objects() : List.of();
            diffs.get(i).next(objects, (ref, after) -> claim(ref, rank, after));
        }
        fragments = List.copyOf(next);
    }

    private void claim(ObjectRef ref, int rank, ConfigObject after) {
        ConfigObject before = claims.winner(ref);
        claims.set(ref, rank, after);
        ConfigObject now = claims.winner(ref);
        if (before != now) {
            replace(ref, now);
        }
    }

    private void replace(ObjectRef ref, ConfigObject now) {
        switch (ref.kind()) {
            case SERVICE -> {
                NamespacedName name = ref.namespacedName();
                services = now == null ? services.without(name) : services.with(name, (ServiceIntent) now);
            }
            case ENDPOINT_SLICE -> replaceSlice(ref, (EndpointSlice) now);
            default -> {
                configChanged = true;
                if (now == null) {
                    configs.remove(ref);
                } else {
                    configs.put(ref, now);
                }
            }
        }
    }

    private void replaceSlice(ObjectRef ref, EndpointSlice now) {
        NamespacedName before = serviceOfSlice.remove(ref);
        if (before != null) {
            slices.get(before).remove(ref);
            publish(before);
        }
        if (now != null) {
            serviceOfSlice.put(ref, now.service());
            slices.computeIfAbsent(now.service(), name -> new TreeMap<>()).put(ref, now);
            publish(now.service());
        }
    }

    private void publish(NamespacedName service) {
        SortedMap<ObjectRef, EndpointSlice> its = slices.get(service);
        if (its.isEmpty()) {
            slices.remove(service);
            endpoints = endpoints.without(service);
        } else {
            endpoints = endpoints.with(service, List.copyOf(its.values()));
        }
    }

    private Intent intent() {
        Intent last = merged.intent();
        boolean same = last.services() == services
                && last.endpoints() == endpoints
                && last.addressing() == parts.addressing()
                && last.advertising() == parts.advertising()
                && last.cluster() == parts.cluster();
        return same ? last : new Intent(parts.addressing(), parts.advertising(), parts.cluster(), services, endpoints);
    }

    private List<Problem> problems(List<IntentFragment> byPrecedence) {
        List<Problem> all = new ArrayList<>(checked.problems());
        claims.duplicates().forEach(all::add);
        byPrecedence.forEach(fragment -> all.addAll(fragment.problems()));
        return all.stream().sorted().toList();
    }
}
