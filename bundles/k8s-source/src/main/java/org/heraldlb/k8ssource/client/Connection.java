package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectRulesReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.k8ssource.mirror.Resource;
import org.heraldlb.k8ssource.mirror.ResourceType;

/** An API server that answered: a client, the watches, the election. */
public final class Connection implements AutoCloseable {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String NAMESPACES = Resource.NAMESPACES.path("") + "?limit=1";

    private final KubernetesClient client;
    private Watches watches;
    private Election election;

    private Connection(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Opens a client and asks the API server whether it is there. Blocks for some seconds at most.
     *
     * @throws RuntimeException when it is not; {@link Fault#of} explains
     */
    public static Connection open(ClientSettings settings) {
        Connection connection = new Connection(Clients.open(settings));
        Optional<Fault> fault = connection.ask("/readyz");
        if (fault.isPresent()) {
            connection.close();
            throw new Unreachable(fault.get());
        }
        return connection;
    }

    /** Starts the watches, and the election where {@code leading} is given. */
    public void start(ClientSettings settings, Sink sink, Optional<Consumer<Boolean>> leading) {
        watches = Watches.start(client, settings.namespace(), sink);
        leading.ifPresent(told -> election = Election.start(client, settings, told));
    }

    /** An API server that has only just started knows no rights yet, and one may have none for this account. Blocks. */
    public boolean refusesEverything() {
        return is(get("/readyz"), FORBIDDEN) && is(get(NAMESPACES), FORBIDDEN);
    }

    /** Asks whether the API server is there. Blocks. */
    public Optional<Fault> probe() {
        return ask("/livez");
    }

    /** Whoever refuses to say how it is does answer; of whoever has no word for it, {@link #foreign} says whether it counts. */
    private Optional<Fault> ask(String path) {
        Optional<Fault> fault = get(path);
        return is(fault, NOT_FOUND) ? foreign() : fault.filter(found -> found.status() != FORBIDDEN);
    }

    /**
     * Why what answers is not to be believed that something is not there: a proxy whose API servers are gone may say so of
     * everything. Every API server has namespaces, whether or not they may be read. Blocks.
     */
    public Optional<Fault> foreign() {
        Optional<Fault> fault = get(NAMESPACES);
        if (is(fault, NOT_FOUND)) {
            return Optional.of(new Fault(
                    Fault.UNREACHABLE,
                    0,
                    "what answers has no namespaces (404): it is no API server",
                    "look at the load balancer or proxy in front of the API server"));
        }
        return fault.filter(found -> found.status() != FORBIDDEN);
    }

    private static boolean is(Optional<Fault> fault, int status) {
        return fault.isPresent() && fault.get().status() == status;
    }

    /** With the method given: without, the client takes a 404 for an answer. */
    private Optional<Fault> get(String path) {
        try {
            client.raw(path, "GET", null);
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(Fault.of(failure));
        }
    }

    /** Asks whether the resource can be read. Blocks. */
    public Optional<Fault> check(Resource resource, String namespace) {
        return get(resource.path(namespace) + "?limit=1");
    }

    /**
     * Resources that the account must not list or watch, by its rules: a watch that stands goes on when its right is
     * withdrawn. Blocks.
     */
    public Set<Resource> unreadable(String namespace) {
        Rights rights;
        try {
            rights = rights(namespace);
        } catch (RuntimeException failure) {
            return Set.of(); // asking for the resources themselves says what there is to say
        }
        Set<Resource> unreadable = EnumSet.noneOf(Resource.class);
        for (Resource resource : Resource.values()) {
            ResourceType type = resource.type();
            boolean may = rights.mayAllow("list", type.group(), type.plural())
                    && rights.mayAllow("watch", type.group(), type.plural());
            if (!may) {
                unreadable.add(resource);
            }
        }
        return unreadable;
    }

    private Rights rights(String namespace) {
        SubjectRulesReviewStatus status = client.authorization()
                .v1()
                .selfSubjectRulesReview()
                .create(new SelfSubjectRulesReviewBuilder()
                        .withNewSpec()
                        .withNamespace(namespace)
                        .endSpec()
                        .build())
                .getStatus();
        List<Rights.Rule> rules = status.getResourceRules().stream()
                .map(rule -> new Rights.Rule(
                        rule.getVerbs(),
                        rule.getApiGroups(),
                        rule.getResources(),
                        rule.getResourceNames().isEmpty()))
                .toList();
        return new Rights(rules, !Boolean.TRUE.equals(status.getIncomplete()));
    }

    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        if (election != null) {
            election.close();
        }
        if (watches != null) {
            watches.close();
        }
        client.close();
    }

    /** The API server did not answer as it should. */
    public static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        Unreachable(Fault fault) {
            super(fault.text());
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }
}
