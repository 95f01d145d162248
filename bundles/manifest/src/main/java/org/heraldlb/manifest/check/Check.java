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

    private static final Comparator<ConfigObject> BY_ORDER = Comparator.<ConfigObject>comparingInt(
                    object -> ORDER.get(object.ref().kind()))
            .thenComparing(ConfigObject::ref);

    private final CrossCheckOptions options;
    private final Map<ObjectRef, ConfigObject> previous = new HashMap<>();
    private final Map<ObjectRef, ConfigObject> others = new LinkedHashMap<>();
    private final List<ConfigObject> checked = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

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
        for (ConfigObject object : List.copyOf(accepted.objects())) {
            follow(object, accepted);
        }
        List<ConfigObject> all = new ArrayList<>(accepted.objects());
        all.addAll(others.values());
        problems.sort(null);
        return new Checked(all, problems);
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
     */
    private void follow(ConfigObject object, Accepted accepted) {
        Optional<Missing> missing = missing(object, accepted);
        if (missing.isEmpty()) {
            return;
        }
        problems.add(missing.get().problem());
        accepted.remove(object);
        ConfigObject before = previous.get(object.ref());
        if (before != null && referencesReturn(before, accepted)) {
            restore(before, accepted);
        }
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
                previous.values().stream().filter(missing.wanted()).min(BY_REF);
        if (lost.isPresent() && lost.get().ref().kind() == Kind.SECRET) {
            others.put(lost.get().ref(), lost.get());
            return true;
        }
        return lost.isPresent() && restore(lost.get(), accepted);
    }

    private static final Comparator<ConfigObject> BY_REF = Comparator.comparing(ConfigObject::ref);

    private Optional<Missing> missing(ConfigObject object, Accepted accepted) {
        return Missing.of(object, accepted, options.resolveSecrets() ? others : null);
    }
}
