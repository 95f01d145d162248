package org.heraldlb.manifest.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.manifest.Checked;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CrossCheckOptions;
import org.heraldlb.manifest.Origins;

/**
 * One run of the cross-check. Objects enter one after the other, each only if no rule speaks against it: first those that
 * are as they were, then the changed ones, then the new ones.
 */
public final class Check {

    /** The order of entry, so that a conflict costs as little as possible: a session rather than a pool. */
    private static final Map<Kind, Integer> ORDER = order();

    private static final int ROUNDS = 4;

    private static final Comparator<ConfigObject> BY_ORDER = Comparator.<ConfigObject>comparingInt(
                    object -> ORDER.get(object.ref().kind()))
            .thenComparing(ConfigObject::ref);

    private final CrossCheckOptions options;
    private final Map<ObjectRef, ConfigObject> previous = new HashMap<>();
    private final Map<ObjectRef, ConfigObject> others = new LinkedHashMap<>();
    private final List<ConfigObject> checked = new ArrayList<>();
    private final Set<Problem> problems = new TreeSet<>();

    private Check(CrossCheckOptions options) {
        this.options = options;
    }

    private static Map<Kind, Integer> order() {
        Map<Kind, Integer> order = new EnumMap<>(Kind.class);
        for (Kind kind : List.of(
                Kind.COMMUNITY,
                Kind.BFD_PROFILE,
                Kind.IP_ADDRESS_POOL,
                Kind.L2_ADVERTISEMENT,
                Kind.BGP_ADVERTISEMENT,
                Kind.BGP_PEER,
                Kind.RESERVATION,
                Kind.NAMESPACE_QUOTA)) {
            order.put(kind, order.size());
        }
        return order;
    }

    public static boolean concerns(Kind kind) {
        return ORDER.containsKey(kind);
    }

    public static Checked run(
            List<ConfigObject> candidates, Collection<ConfigObject> previous, CrossCheckOptions options) {
        Check check = new Check(options);
        for (ConfigObject object : previous) {
            if (concerns(object.ref().kind()) || object.ref().kind() == Kind.SECRET) {
                check.previous.put(object.ref(), object);
            }
        }
        check.sort(candidates);
        return check.result();
    }

    /** Tells the checked objects from the others; of two with one identity the first counts. */
    private void sort(List<ConfigObject> candidates) {
        Set<ObjectRef> seen = new HashSet<>();
        for (ConfigObject object : candidates) {
            boolean concerned = concerns(object.ref().kind());
            if (concerned ? !seen.add(object.ref()) : others.putIfAbsent(object.ref(), object) != null) {
                problems.add(Refusal.of(
                        object,
                        Code.DUPLICATE_DEFINITION,
                        "metadata.name",
                        object.name(),
                        "duplicate definition of " + object.ref()));
            } else if (concerned) {
                checked.add(object);
            }
        }
        checked.sort(Comparator.comparingInt(this::novelty).thenComparing(BY_ORDER));
    }

    /** 0: as before, 1: changed, 2: new. */
    private int novelty(ConfigObject object) {
        ConfigObject before = previous.get(object.ref());
        if (before == null) {
            return 2;
        }
        return Origins.sameMeaning(before, object) ? 0 : 1;
    }

    private Checked result() {
        Accepted accepted = new Accepted(options.mode(), nodes());
        for (ConfigObject object : checked) {
            enter(object, accepted);
        }
        followAll(accepted);
        List<ConfigObject> all = new ArrayList<>(accepted.objects());
        all.addAll(others.values());
        return new Checked(all, List.copyOf(problems));
    }

    /**
     * Bringing one object back may cost another one its references, so this goes on until nothing changes; after a few
     * rounds nothing is brought back any more.
     */
    private void followAll(Accepted accepted) {
        boolean changed = true;
        for (int round = 0; changed; round++) {
            changed = false;
            for (ConfigObject object : List.copyOf(accepted.objects())) {
                changed |= follow(object, accepted, round < ROUNDS);
            }
        }
    }

    private Nodes nodes() {
        List<Node> nodes = new ArrayList<>();
        for (ConfigObject object : others.values()) {
            if (object instanceof Node node) {
                nodes.add(node);
            }
        }
        return new Nodes(nodes);
    }

    /** Lets the object in, or else the last good version of it. */
    private void enter(ConfigObject object, Accepted accepted) {
        Optional<Problem> problem = Rules.against(object, accepted);
        problem.ifPresent(problems::add);
        if (problem.isEmpty()) {
            accepted.add(object);
        } else {
            restore(previous.get(object.ref()), accepted);
        }
    }

    private static boolean restore(ConfigObject before, Accepted accepted) {
        boolean fits = before != null && Rules.against(before, accepted).isEmpty();
        if (fits) {
            accepted.add(before);
        }
        return fits;
    }

    /**
     * Looks after the references of an accepted object. One that leads nowhere is reported; what was there before stays,
     * together with what it referred to then; what is new waits.
     *
     * @return true when something changed
     */
    private boolean follow(ConfigObject object, Accepted accepted, boolean restoring) {
        Optional<Missing> missing = accepted.has(object) ? missing(object, accepted) : Optional.empty();
        if (missing.isEmpty()) {
            return false;
        }
        problems.add(missing.get().problem());
        accepted.remove(object);
        ConfigObject before = previous.get(object.ref());
        if (restoring && before != null && referencesReturn(before, accepted)) {
            restore(before, accepted);
        }
        return true;
    }

    /** Brings back what {@code object} refers to, as far as it was there before. */
    private boolean referencesReturn(ConfigObject object, Accepted accepted) {
        Optional<Missing> missing = missing(object, accepted);
        for (int left = previous.size(); missing.isPresent() && left > 0; left--) {
            if (!comesBack(missing.get(), accepted)) {
                return false;
            }
            missing = missing(object, accepted);
        }
        return missing.isEmpty();
    }

    private boolean comesBack(Missing missing, Accepted accepted) {
        Optional<ConfigObject> lost =
                previous.values().stream().filter(missing.wanted()).min(Comparator.comparing(ConfigObject::ref));
        if (lost.isEmpty() || lost.get().ref().kind() != Kind.SECRET) {
            return lost.isPresent() && takesBack(lost.get(), accepted, missing);
        }
        others.put(lost.get().ref(), lost.get());
        return true;
    }

    /** An edit that takes away what others refer to waits, too. */
    private boolean takesBack(ConfigObject lost, Accepted accepted, Missing missing) {
        Optional<ConfigObject> edited = accepted.get(lost.ref());
        edited.ifPresent(accepted::remove);
        if (restore(lost, accepted)) {
            edited.ifPresent(object -> problems.add(missing.held(object)));
            return true;
        }
        edited.ifPresent(accepted::add);
        return false;
    }

    private Optional<Missing> missing(ConfigObject object, Accepted accepted) {
        return Missing.of(object, accepted, options.resolveSecrets() ? others : null);
    }
}
