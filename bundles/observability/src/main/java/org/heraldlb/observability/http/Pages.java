package org.heraldlb.observability.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.observability.metrics.BfdMetrics;
import org.heraldlb.observability.metrics.SnapshotMetrics;
import org.heraldlb.view.BfdRow;
import org.heraldlb.view.ExplanationPage;
import org.heraldlb.view.Listing;
import org.heraldlb.view.Lookup;
import org.heraldlb.view.Lookup.UnknownName;
import org.heraldlb.view.PoolRow;
import org.heraldlb.view.ServiceRow;
import org.heraldlb.view.Status;

/** Answers paths. Pure but for its two suppliers; any thread. */
public final class Pages {

    private static final String API = "/api/v1/";
    private static final String SERVICE = API + "services/";
    private static final Response NO_CORE = Response.text(503, "core is not running; see /readyz\n");

    private final Map<String, Function<SystemSnapshot, Object>> documents = new TreeMap<>();
    private final Supplier<Optional<SystemSnapshot>> newest;
    private final Supplier<List<String>> waiting;
    private final Supplier<Optional<BfdSnapshot>> bfd;
    private final String console;

    /**
     * @param newest the snapshot, empty while core is not running
     * @param waiting components that wait, each with what it misses
     * @param console the page at {@code /}
     */
    public Pages(Supplier<Optional<SystemSnapshot>> newest, Supplier<List<String>> waiting, String console) {
        this(newest, waiting, Optional::empty, console);
    }

    /** @param bfd the BFD sessions, empty while there is no BFD */
    public Pages(
            Supplier<Optional<SystemSnapshot>> newest,
            Supplier<List<String>> waiting,
            Supplier<Optional<BfdSnapshot>> bfd,
            String console) {
        this.newest = newest;
        this.bfd = bfd;
        this.waiting = waiting;
        this.console = console;
        documents.put("services", snapshot -> tree(snapshot, Listing.services(ServiceRow.of(snapshot))));
        documents.put("pools", snapshot -> tree(snapshot, Listing.pools(PoolRow.of(snapshot))));
        documents.put("layer2", snapshot -> tree(snapshot, Listing.layer2(snapshot)));
        documents.put("bgp", Pages::bgp);
        documents.put("bfd", snapshot -> BfdRow.tree(bfd.get().orElse(BfdSnapshot.EMPTY)));
        documents.put("nodes", snapshot -> tree(snapshot, Listing.nodes(snapshot)));
        documents.put("problems", snapshot -> tree(snapshot, Listing.problems(snapshot)));
    }

    private static Map<String, Object> tree(SystemSnapshot snapshot, Listing<?> listing) {
        return listing.tree(snapshot);
    }

    private static Object bgp(SystemSnapshot snapshot) {
        Map<String, Object> tree = Listing.peers(snapshot).tree(snapshot);
        tree.putAll(Listing.routes(snapshot).tree(snapshot));
        return tree;
    }

    /** The answer to a GET of {@code path}, which is decoded and has no query. */
    public Response get(String path) {
        return switch (path) {
            case "/" -> new Response(200, "text/html; charset=utf-8", console);
            case "/metrics" -> new Response(200, SnapshotMetrics.CONTENT_TYPE, metrics());
            case "/healthz" -> Response.text(200, "ok\n");
            case "/readyz" -> ready(status());
            case API + "status" -> Response.json(status());
            case API -> Response.json(Map.of("documents", names()));
            default -> path.startsWith(API) ? document(path) : notFound(path, "");
        };
    }

    private Status status() {
        List<String> components = waiting.get();
        return newest.get()
                .map(snapshot -> Status.of(snapshot, components))
                .orElseGet(() -> Status.withoutCore(components));
    }

    private String metrics() {
        return newest.get().map(SnapshotMetrics::of).orElseGet(SnapshotMetrics::withoutCore)
                + bfd.get().map(BfdMetrics::of).orElse("");
    }

    /** 200 or 503, and always what is wrong, so that whoever looks needs no second place to look. */
    private static Response ready(Status status) {
        StringBuilder body = new StringBuilder(status.ready() ? "ready\n" : "not ready\n");
        status.waiting().forEach(line -> body.append("waiting: ").append(line).append('\n'));
        status.components()
                .forEach(line -> body.append("component: ").append(line).append('\n'));
        status.problems().forEach(row -> body.append(row.severity())
                .append(": ")
                .append(row.subject())
                .append(": ")
                .append(row.line())
                .append('\n'));
        return Response.text(status.ready() ? 200 : 503, body.toString());
    }

    private Response document(String path) {
        return newest.get().map(snapshot -> document(snapshot, path)).orElse(NO_CORE);
    }

    private Response document(SystemSnapshot snapshot, String path) {
        if (path.startsWith(SERVICE)) {
            return service(snapshot, path.substring(SERVICE.length()));
        }
        Function<SystemSnapshot, Object> document = documents.get(path.substring(API.length()));
        return document == null
                ? notFound(path, "; there are " + String.join(", ", names()))
                : Response.json(document.apply(snapshot));
    }

    private List<String> names() {
        Map<String, Object> names = new TreeMap<>(documents);
        names.put("status", "");
        names.put("services/NAMESPACE/NAME", "");
        return List.copyOf(names.keySet());
    }

    private static Response service(SystemSnapshot snapshot, String name) {
        try {
            NamespacedName service = NamespacedName.parse(name);
            ServiceRow row = Lookup.service(snapshot, service.namespace(), service.name());
            return Response.json(page(snapshot, service, row));
        } catch (UnknownName | IllegalArgumentException unknown) {
            return Response.text(404, unknown.getMessage() + "\n");
        }
    }

    private static Object page(SystemSnapshot snapshot, NamespacedName service, ServiceRow row) {
        Map<String, Object> page = new TreeMap<>();
        page.put("generation", snapshot.generation());
        page.put("node", snapshot.node());
        page.put("service", row);
        snapshot.explainer()
                .explain(service)
                .map(ExplanationPage::of)
                .ifPresent(explanation -> page.put("explanation", explanation));
        return page;
    }

    private static Response notFound(String path, String hint) {
        return Response.text(404, "nothing at " + path.replaceAll("\\p{Cntrl}", " ") + hint + "\n");
    }
}
