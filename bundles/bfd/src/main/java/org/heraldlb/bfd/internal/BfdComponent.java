package org.heraldlb.bfd.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdView;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.bfd.sessions.BfdEngine;
import org.heraldlb.bfd.sessions.SessionSockets;
import org.heraldlb.runtime.Ticker;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Runs a session for each {@link BfdSessionRequest} in the registry. */
@Component(service = BfdView.class, immediate = true, configurationPid = "org.heraldlb.bfd")
@Designate(ocd = BfdComponent.Config.class)
public final class BfdComponent implements BfdView {

    /** PID {@code org.heraldlb.bfd}. */
    @ObjectClassDefinition(name = "Herald BFD")
    @interface Config {
        @AttributeDefinition(
                description = "SCHED_FIFO priority of the BFD thread, 1 to 99 (needs CAP_SYS_NICE); 0: none")
        int realTimePriority() default 0;
    }

    private final BfdEngine engine;

    @Activate
    public BfdComponent(@Reference UdpSockets sockets, @Reference LinkMonitor links, Config config) throws IOException {
        SessionSockets opened = new SessionSockets(sockets, links);
        engine = new BfdEngine(Ticker.SYSTEM, new SecureRandom(), opened, config.realTimePriority());
        engine.start();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "changed",
            unbind = "unbind")
    void bind(BfdSessionRequest request) {
        engine.add(request);
    }

    void changed(BfdSessionRequest request) {
        engine.changed(request);
    }

    void unbind(BfdSessionRequest request) {
        engine.remove(request);
    }

    @Override
    public BfdSnapshot current() {
        return engine.view().current();
    }

    @Override
    public Registration observe(Consumer<? super BfdSnapshot> observer) {
        return engine.view().observe(observer);
    }

    /** A bundle that stops alone is most often swapped; when everything stops, the peers are to know. */
    @Deactivate
    void stop(BundleContext bundle) {
        if (bundle.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING) {
            engine.close();
        } else {
            engine.handOver();
        }
    }
}
