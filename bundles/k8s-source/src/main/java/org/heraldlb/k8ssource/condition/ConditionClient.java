package org.heraldlb.k8ssource.condition;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.heraldlb.k8ssource.client.Watches;
import org.heraldlb.k8ssource.mirror.Resource;

/** Writes conditions by server-side apply. Blocks. */
final class ConditionClient {

    /** Conditions have a manager of their own: an apply takes away what its manager does not name again. */
    private static final String FIELD_MANAGER = "herald-status";

    private final KubernetesClient client;
    private final Set<Resource> without = EnumSet.noneOf(Resource.class);

    ConditionClient(KubernetesClient client) {
        this.client = client;
    }

    /** @throws KubernetesClientException when the API server will not have it, and might later */
    void apply(ConditionWrite write) {
        Resource resource = write.target().resource();
        if (without.contains(resource)) {
            return;
        }
        PatchContext patch = new PatchContext();
        patch.setPatchType(PatchType.SERVER_SIDE_APPLY);
        patch.setFieldManager(FIELD_MANAGER);
        patch.setForce(true); // entries of these types are nobody else's
        try {
            client.genericKubernetesResources(Watches.context(resource.type(), true))
                    .inNamespace(write.target().namespace())
                    .withName(write.target().name())
                    .subresource("status")
                    .patch(patch, document(write));
        } catch (KubernetesClientException failure) {
            if (hasNone(failure)) {
                without.add(resource);
            } else if (failure.getCode() != 404 && failure.getCode() != 409) {
                throw failure;
            }
        }
    }

    /** MetalLB's own definitions have no conditions: there is nowhere to say anything, and nothing wrong with that. */
    private static boolean hasNone(KubernetesClientException failure) {
        return String.valueOf(failure.getMessage()).contains("not declared in schema");
    }

    private static GenericKubernetesResource document(ConditionWrite write) {
        GenericKubernetesResource document = new GenericKubernetesResource();
        document.setApiVersion(write.target().resource().apiVersion());
        document.setKind(write.target().resource().kind());
        document.setMetadata(new ObjectMetaBuilder()
                .withName(write.target().name())
                .withNamespace(write.target().namespace())
                .withUid(write.uid())
                .build());
        if (!write.conditions().isEmpty()) {
            document.setAdditionalProperty(
                    "status",
                    Map.of(
                            "conditions",
                            write.conditions().stream()
                                    .map(StatusCondition::tree)
                                    .toList()));
        }
        return document;
    }
}
