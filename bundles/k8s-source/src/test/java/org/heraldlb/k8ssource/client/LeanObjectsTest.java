package org.heraldlb.k8ssource.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LeanObjectsTest {

    private static final String SERVICE = """
            {"apiVersion": "v1", "kind": "Service",
             "metadata": {"name": "web", "namespace": "shop", "uid": "u", "resourceVersion": "7", "extra": 1,
               "labels": {"a": "b"},
               "managedFields": [{"manager": "kubectl", "operation": "Apply", "fieldsV1": {"f:spec": {"f:ports": {}}}}]},
             "spec": {"type": "LoadBalancer", "ports": [{"port": 80}]}}
            """;

    private final KubernetesSerialization lean = LeanObjects.serialization();

    @Test
    void managedFieldsArePassedOverAndNothingElse() {
        GenericKubernetesResource read = lean.unmarshal(SERVICE, GenericKubernetesResource.class);
        assertThat(read.getMetadata().getManagedFields()).isEmpty();
        assertThat(read.getMetadata().getAdditionalProperties()).isEqualTo(Map.of("extra", 1));
        assertThat(read.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(read.getMetadata().getLabels()).isEqualTo(Map.of("a", "b"));
        assertThat(read.getAdditionalProperties())
                .isEqualTo(Map.of("spec", Map.of("type", "LoadBalancer", "ports", List.of(Map.of("port", 80)))));
    }

    @Test
    void whatIsWrittenNamesNone() {
        GenericKubernetesResource read = lean.unmarshal(SERVICE, GenericKubernetesResource.class);
        assertThat(lean.asJson(read)).contains("\"name\":\"web\"").doesNotContain("managedFields");
    }
}
