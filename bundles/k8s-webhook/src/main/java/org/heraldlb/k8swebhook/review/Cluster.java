package org.heraldlb.k8swebhook.review;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.manifest.CrossCheck;

/**
 * What is known of the cluster's objects.
 *
 * @param objects those that rules between objects speak of, and the nodes; empty before everything was read
 * @param accepted what is in force: it wins over what contradicts it
 */
public record Cluster(Optional<List<ConfigObject>> objects, Collection<ConfigObject> accepted) {

    public static final Cluster UNKNOWN = new Cluster(Optional.empty(), List.of());

    public Cluster {
        accepted = List.copyOf(accepted);
    }

    /** Of all {@code objects} of the Kubernetes source, with {@code intent} in force. */
    public static Cluster of(Collection<ConfigObject> objects, Intent intent) {
        List<ConfigObject> known = objects.stream()
                .filter(object ->
                        CrossCheck.concerns(object.ref().kind()) || object.ref().kind() == Kind.NODE)
                .toList();
        return new Cluster(Optional.of(known), accepted(known, intent));
    }

    /** An intent has no alias objects any more; all that are known stand for those that were accepted. */
    private static List<ConfigObject> accepted(List<ConfigObject> known, Intent intent) {
        List<ConfigObject> accepted = new ArrayList<>();
        accepted.addAll(intent.addressing().pools());
        accepted.addAll(intent.addressing().reservations());
        accepted.addAll(intent.addressing().quotas());
        accepted.addAll(intent.advertising().l2());
        accepted.addAll(intent.advertising().bgp());
        accepted.addAll(intent.advertising().peers());
        accepted.addAll(intent.advertising().bfdProfiles());
        known.stream()
                .filter(CommunityAliases.class::isInstance)
                .map(CommunityAliases.class::cast)
                .filter(aliases -> intent.advertising()
                        .communities()
                        .keySet()
                        .containsAll(aliases.values().keySet()))
                .forEach(accepted::add);
        return accepted;
    }

    Cluster with(List<ConfigObject> others) {
        return new Cluster(Optional.of(others), accepted);
    }
}
