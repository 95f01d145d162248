package org.heraldlb.k8ssource.report;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.heraldlb.k8ssource.client.Watches;
import org.heraldlb.k8ssource.mirror.ResourceType;

/** Requests for reports and events. Everything here blocks. */
final class ReportClient {

    /** Not the one of conditions: an apply takes away what its manager does not name again. */
    private static final String FIELD_MANAGER = "herald-report";

    private static final ResourceDefinitionContext EVENTS =
            Watches.context(new ResourceType("", "v1", "Event", "events"), true);

    private final KubernetesClient client;
    private final String namespace;
    private final String node;

    ReportClient(KubernetesClient client, String namespace, String node) {
        this.client = client;
        this.namespace = namespace;
        this.node = node;
    }

    private Resource<GenericKubernetesResource> object(Report.Target target) {
        return objects(target.kind()).inNamespace(namespace).withName(target.name());
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects(Report.Kind kind) {
        return client.genericKubernetesResources(Watches.context(kind.type(), true));
    }

    /** Makes the object if it is ours, then sets its status. */
    void write(Report report, boolean fresh, Instant now) {
        if (report.target().kind().isOurs() && fresh) {
            GenericKubernetesResource object = document(report.target(), report.labels());
            object(report.target()).patch(patch(), object);
            removeRivals(report);
        }
        GenericKubernetesResource object = document(report.target(), Map.of());
        object.setAdditionalProperty("status", dated(report.status(), now));
        object(report.target()).subresource("status").patch(patch(), object);
    }

    /** The winner removes what a node that lost the address, perhaps because it died, has left. */
    private void removeRivals(Report report) {
        report.rivals()
                .ifPresent(
                        selector -> objects(report.target().kind())
                                .inNamespace(namespace)
                                .withLabelSelector(selector)
                                .list()
                                .getItems()
                                .stream()
                                .map(found -> found.getMetadata().getName())
                                .filter(name -> !name.equals(report.target().name()))
                                .forEach(name ->
                                        remove(new Report.Target(report.target().kind(), name))));
    }

    private static PatchContext patch() {
        PatchContext patch = new PatchContext();
        patch.setPatchType(PatchType.SERVER_SIDE_APPLY);
        patch.setFieldManager(FIELD_MANAGER);
        patch.setForce(true); // these fields are nobody else's: manual edits are put right
        return patch;
    }

    private GenericKubernetesResource document(Report.Target target, Map<String, String> labels) {
        ResourceType type = target.kind().type();
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(type.apiVersion());
        object.setKind(type.kind());
        object.setMetadata(new ObjectMetaBuilder()
                .withName(target.name())
                .withNamespace(namespace)
                .withLabels(labels.isEmpty() ? null : labels)
                .build());
        return object;
    }

    /** Conditions carry the time of their last change, which is now. */
    private static Map<String, Object> dated(Map<String, Object> status, Instant now) {
        if (!(status.get("conditions") instanceof List<?> conditions)) {
            return status;
        }
        List<Object> dated = new ArrayList<>();
        for (Object condition : conditions) {
            Map<Object, Object> fields = new HashMap<>((Map<?, ?>) condition);
            fields.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
            dated.add(fields);
        }
        Map<String, Object> all = new HashMap<>(status);
        all.put("conditions", dated);
        return all;
    }

    /** True when the object is there and says what was written. */
    boolean stands(Report report) {
        GenericKubernetesResource found = object(report.target()).get();
        return found != null
                && found.getAdditionalProperties().get("status") instanceof Map<?, ?> status
                && report.status().entrySet().stream().allMatch(field -> says(status, field));
    }

    /** Numbers come back in another width, conditions with their time: texts and numbers are compared. */
    private static boolean says(Map<?, ?> status, Map.Entry<String, Object> field) {
        boolean plain = field.getValue() instanceof String || field.getValue() instanceof Number;
        return !plain || field.getValue().toString().equals(String.valueOf(status.get(field.getKey())));
    }

    void remove(Report.Target target) {
        try {
            object(target).delete();
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != 404) {
                throw failure;
            }
        }
    }

    /** What an earlier run of this node has left, as it stands there. */
    List<Report> left() {
        List<Report> left = new ArrayList<>();
        for (Report.Kind kind : List.of(Report.Kind.L2_STATUS, Report.Kind.BGP_STATUS, Report.Kind.SESSION)) {
            own(kind, found -> left.add(standing(kind, found)));
        }
        return left;
    }

    private static Report standing(Report.Kind kind, GenericKubernetesResource found) {
        Map<String, Object> status = new HashMap<>();
        if (found.getAdditionalProperties().get("status") instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> status.put(String.valueOf(name), value));
        }
        return new Report(
                new Report.Target(kind, found.getMetadata().getName()),
                found.getMetadata().getLabels(),
                status);
    }

    /** In pages: each object is a tree many times larger than what is kept of it. */
    private void own(Report.Kind kind, Consumer<GenericKubernetesResource> taker) {
        var mine = objects(kind).inNamespace(namespace).withLabel(Report.NODE, Reports.label(node));
        String next = null;
        try {
            do {
                GenericKubernetesResourceList page = mine.list(new ListOptionsBuilder()
                        .withLimit(Watches.PAGE)
                        .withContinue(next)
                        .build());
                page.getItems().forEach(taker);
                next = page.getMetadata().getContinue();
            } while (next != null && !next.isEmpty());
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != 404) {
                throw failure;
            }
        }
    }

    /** Writes an event, or counts it up where it is there already. */
    void tell(Notice notice, Instant now) {
        String name = notice.service().name() + "."
                + Reports.digest(notice.uid() + notice.reason() + notice.message() + node);
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        GenericKubernetesResource event = new GenericKubernetesResource();
        event.setApiVersion("v1");
        event.setKind("Event");
        event.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(notice.service().namespace())
                .build());
        Map<String, Object> fields = new HashMap<>(Map.of(
                "involvedObject",
                Map.of(
                        "apiVersion", "v1",
                        "kind", "Service",
                        "name", notice.service().name(),
                        "namespace", notice.service().namespace(),
                        "uid", notice.uid()),
                "type",
                notice.warning() ? "Warning" : "Normal",
                "reason",
                notice.reason(),
                "message",
                notice.message(),
                "firstTimestamp",
                time,
                "lastTimestamp",
                time,
                "count",
                1,
                "source",
                Map.of("component", "herald", "host", node),
                "reportingComponent",
                "herald",
                "reportingInstance",
                node));
        fields.forEach(event::setAdditionalProperty);
        var one = client.genericKubernetesResources(EVENTS)
                .inNamespace(notice.service().namespace());
        try {
            one.resource(event).create();
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != 409) {
                throw failure;
            }
            // By apply, which needs no right to read events.
            event.getMetadata().setManagedFields(null);
            event.setAdditionalProperty("count", 2);
            one.withName(name).patch(patch(), event);
        }
    }
}
