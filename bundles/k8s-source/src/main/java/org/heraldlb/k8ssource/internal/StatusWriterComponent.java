package org.heraldlb.k8ssource.internal;

import org.heraldlb.api.Registration;
import org.heraldlb.api.system.SystemView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Brings what the node knows to the writer of statuses. */
@Component(
        service = {},
        immediate = true)
public final class StatusWriterComponent {

    private final Registration observation;

    @Activate
    public StatusWriterComponent(@Reference KubernetesSourceComponent kubernetes, @Reference SystemView view) {
        observation = view.observe(kubernetes.source()::offer);
    }

    @Deactivate
    public void close() {
        observation.close();
    }
}
