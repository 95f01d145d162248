package org.heraldlb.k8ssource.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.heraldlb.k8ssource.client.Fault;
import org.heraldlb.k8ssource.client.Watches;
import org.heraldlb.k8ssource.mirror.Resource;
import org.heraldlb.k8ssource.mirror.ServiceFacts;

/** Writes by server-side apply, under a name of our own and never by force. Blocks. */
final class StatusClient {

    static final String FIELD_MANAGER = "herald";

    private static final ResourceDefinitionContext SERVICES = Watches.context(Resource.SERVICES.type(), true);

    private StatusClient() {}

    static Outcome apply(KubernetesClient client, StatusWrite write) {
        PatchContext patch = new PatchContext();
        patch.setPatchType(PatchType.SERVER_SIDE_APPLY);
        patch.setFieldManager(FIELD_MANAGER);
        patch.setForce(false);
        try {
            client.genericKubernetesResources(SERVICES)
                    .inNamespace(write.service().namespace())
                    .withName(write.service().name())
                    .subresource("status")
                    .patch(patch, document(write));
            return Outcome.WRITTEN;
        } catch (KubernetesClientException failure) {
            return outcome(failure);
        }
    }

    private static GenericKubernetesResource document(StatusWrite write) {
        GenericKubernetesResource document = new GenericKubernetesResource();
        document.setApiVersion("v1");
        document.setKind("Service");
        ObjectMetaBuilder meta = new ObjectMetaBuilder()
                .withName(write.service().name())
                .withNamespace(write.service().namespace())
                .withUid(write.uid())
                .withResourceVersion(write.resourceVersion());
        write.pool().ifPresent(pool -> meta.addToAnnotations(ServiceFacts.POOL, pool));
        document.setMetadata(meta.build());
        if (!write.addresses().isEmpty()) {
            List<Map<String, String>> ingress = write.addresses().stream()
                    .map(address -> Map.of("ip", address.toString(), "ipMode", StatusPlan.VIP))
                    .toList();
            document.setAdditionalProperty("status", Map.of("loadBalancer", Map.of("ingress", ingress)));
        }
        return document;
    }

    private static Outcome outcome(KubernetesClientException failure) {
        String text = Fault.of(failure).text();
        return switch (failure.getCode()) {
            case 404 -> new Outcome(Outcome.Result.OVERTAKEN, text);
            case 409 ->
                isFieldConflict(failure)
                        ? new Outcome(Outcome.Result.CONFLICT, text)
                        : new Outcome(Outcome.Result.OVERTAKEN, text);
            default -> new Outcome(Outcome.Result.FAILED, text);
        };
    }

    private static boolean isFieldConflict(KubernetesClientException failure) {
        if (failure.getStatus() == null || failure.getStatus().getDetails() == null) {
            return false;
        }
        return failure.getStatus().getDetails().getCauses().stream()
                .map(StatusCause::getReason)
                .collect(Collectors.toSet())
                .contains("FieldManagerConflict");
    }
}
