package org.heraldlb.k8ssource.mirror;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;

/**
 * The objects of the API server, as far as they are known: from watches, and before those have listed a resource, from the
 * last snapshot. An object that turns bad keeps its last good reading. One thread.
 */
public final class Mirror {

    /**
     * What one version of an object means.
     *
     * @param facts of a Service; empty for other objects
     */
    public record Sight(Parsed parsed, Optional<ServiceFacts> facts) {}

    /**
     * @param objects good ones, of the newest good version
     * @param problems of the newest version
     */
    private record Reading(List<ConfigObject> objects, List<Problem> problems) {}

    private final ReadContext context;
    private final Map<Resource, Map<String, Reading>> readings = new EnumMap<>(Resource.class);
    private final Map<NamespacedName, ServiceFacts> services = new HashMap<>();
    private final Set<Resource> listed = EnumSet.noneOf(Resource.class);
    private boolean restored;

    public Mirror(ReadContext context) {
        this.context = context;
        for (Resource resource : Resource.values()) {
            readings.put(resource, new TreeMap<>());
        }
    }

    /** Reads an object. Any thread: trees are large, and need not wait for the mirror's own. */
    public static Sight read(
            ReadContext context,
            Resource resource,
            String key,
            String uid,
            String resourceVersion,
            Map<String, Object> tree) {
        Parsed parsed = Documents.read(context, path(resource, key), tree);
        return new Sight(
                parsed,
                resource == Resource.SERVICES
                        ? Optional.of(ServiceFacts.of(uid, resourceVersion, tree))
                        : Optional.empty());
    }

    /** What becomes of an object that {@link #read} fails on: the last good reading stays, and people see why. */
    public static Sight unreadable(Resource resource, String key, RuntimeException fault) {
        Problem problem = Problem.error(
                "unreadable",
                path(resource, key),
                "it cannot be read (" + fault.getClass().getSimpleName() + "): the log has the details");
        return new Sight(new Parsed(List.of(), List.of(problem)), Optional.empty());
    }

    /**
     * An object that is there. {@code key} is {@code namespace/name}, or {@code name} alone.
     *
     * @return true when it means something else than before: most writes to most objects change nothing for us
     */
    public boolean put(Resource resource, String key, Sight sight) {
        Parsed parsed = sight.parsed();
        Reading before = readings.get(resource).get(key);
        List<ConfigObject> objects = parsed.isClean() || before == null ? parsed.objects() : before.objects();
        Reading now = new Reading(objects, parsed.problems());
        boolean news = !now.equals(before);
        if (news) {
            readings.get(resource).put(key, now);
        }
        sight.facts().ifPresent(facts -> services.put(NamespacedName.parse(key), facts));
        return news;
    }

    private static String path(Resource resource, String key) {
        return resource + "/" + key;
    }

    /** An object that is there no more. */
    public void remove(Resource resource, String key) {
        readings.get(resource).remove(key);
        if (resource == Resource.SERVICES) {
            services.remove(NamespacedName.parse(key));
        }
    }

    /** The resource has been listed: exactly {@code keys} are there, each of which was put. */
    public void listed(Resource resource, Set<String> keys) {
        Set<String> gone = new HashSet<>(readings.get(resource).keySet());
        gone.removeAll(keys);
        gone.forEach(key -> remove(resource, key));
        listed.add(resource);
    }

    /** The API server does not serve the resource: none of its objects are there. */
    public void notServed(Resource resource) {
        listed(resource, Set.of());
    }

    /** What a snapshot had. Only objects of resources that have not been listed are taken. */
    public void restore(List<ConfigObject> objects) {
        for (ConfigObject object : objects) {
            Resource resource = resourceOf(object.ref().kind());
            if (!listed.contains(resource)) {
                String name = object.ref().namespace().isEmpty()
                        ? object.name()
                        : object.ref().namespacedName().toString();
                readings.get(resource).put(keyOf(resource, name), new Reading(List.of(object), List.of()));
            }
        }
        restored = true;
    }

    private String keyOf(Resource resource, String name) {
        boolean namespaceIsKnown = resource.scope() != Resource.Scope.OWN || name.indexOf('/') >= 0;
        return namespaceIsKnown ? name : context.metallbNamespace() + "/" + name;
    }

    /** The group does not matter: the two that share a kind mean the same. */
    private static Resource resourceOf(Kind kind) {
        for (Resource resource : Resource.values()) {
            if (resource.kind().equals(kind.text())) {
                return resource;
            }
        }
        throw new IllegalArgumentException("no resource has the kind " + kind);
    }

    /** Every resource has been listed since the start. */
    public boolean isComplete() {
        return listed.size() == Resource.values().length;
    }

    /** There is something to go on: everything was listed, or a snapshot was restored. */
    public boolean isUsable() {
        return restored || isComplete();
    }

    /** Resources that have not been listed. */
    public Set<Resource> awaited() {
        return EnumSet.complementOf(listed.isEmpty() ? EnumSet.noneOf(Resource.class) : EnumSet.copyOf(listed));
    }

    /** What is known of a service for its writer; empty before it was seen at the API server. */
    public Optional<ServiceFacts> facts(NamespacedName service) {
        return Optional.ofNullable(services.get(service));
    }

    /** All good objects; without services when those are to be withdrawn. */
    public List<ConfigObject> objects(boolean withServices) {
        List<ConfigObject> objects = new ArrayList<>();
        Set<String> secrets = new HashSet<>();
        for (Map.Entry<Resource, Map<String, Reading>> one : readings.entrySet()) {
            if (one.getKey() != Resource.SECRETS && (withServices || one.getKey() != Resource.SERVICES)) {
                one.getValue().values().forEach(reading -> objects.addAll(reading.objects()));
            }
        }
        objects.forEach(object -> secretOf(object).ifPresent(secrets::add));
        readings.get(Resource.SECRETS).values().stream()
                .flatMap(reading -> reading.objects().stream())
                .filter(secret -> secrets.contains(secret.name()))
                .forEach(objects::add);
        return objects;
    }

    private static Optional<String> secretOf(ConfigObject object) {
        if (object instanceof BfdProfile profile) {
            return profile.authentication()
                    .flatMap(BfdProfile.Authentication::secret)
                    .map(NamespacedName::name);
        }
        return object instanceof Peer peer
                ? peer.authentication().secret().map(NamespacedName::name)
                : Optional.empty();
    }

    /** Problems of all objects but secrets nobody refers to. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        readings.forEach((resource, objects) -> {
            if (resource != Resource.SECRETS) {
                objects.values().forEach(reading -> problems.addAll(reading.problems()));
            }
        });
        return problems;
    }

    /** The fragment that all this stands for. */
    public IntentFragment fragment(long generation, boolean withServices, List<Problem> more) {
        List<Problem> problems = problems();
        problems.addAll(more);
        return new IntentFragment(context.source(), generation, isUsable(), objects(withServices), problems);
    }
}
