package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Function;

/** Where settings stand, to say what is wrong with them. Empty names where there are none. */
record Origin(String document, String user, String cluster) {

    static Origin of(String document, Config config) {
        return new Origin(document, name(config, Context::getUser), name(config, Context::getCluster));
    }

    private static String name(Config config, Function<Context, String> part) {
        return Optional.ofNullable(config.getCurrentContext())
                .map(NamedContext::getContext)
                .map(part)
                .orElse("");
    }

    KubernetesClientException ofUser(String field, String rule) {
        return refused(field, user.isEmpty() ? "" : " of user " + user, rule);
    }

    KubernetesClientException ofCluster(String field, String rule) {
        return refused(field, cluster.isEmpty() ? "" : " of cluster " + cluster, rule);
    }

    /** Without a cause: it may quote what it could not read. */
    private KubernetesClientException refused(String field, String whose, String rule) {
        return new KubernetesClientException(document + ": " + field + whose + " " + rule);
    }
}
