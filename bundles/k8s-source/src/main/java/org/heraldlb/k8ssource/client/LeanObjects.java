package org.heraldlb.k8ssource.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.model.jackson.Jackson2JdkTypesModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * Objects of the API server without {@code metadata.managedFields}: most of what an object is made of, and nothing that is
 * asked for here. They are passed over where they are read. An API server keeps its own where an update names none.
 */
final class LeanObjects {

    private LeanObjects() {}

    /** As the client's own otherwise. */
    static KubernetesSerialization serialization() {
        return new KubernetesSerialization(
                JsonMapper.builderWithJackson2Defaults()
                        .addModule(new Jackson2JdkTypesModule())
                        .addMixIn(ObjectMeta.class, Unmanaged.class)
                        .build(),
                true);
    }

    /** Stands for {@link ObjectMeta} where its annotations are looked for. */
    @JsonIgnoreProperties("managedFields")
    private abstract static class Unmanaged {}
}
