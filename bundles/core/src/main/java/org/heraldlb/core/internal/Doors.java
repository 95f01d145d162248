package org.heraldlb.core.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.member.NodeFactsSource;
import org.heraldlb.api.system.NodeControl;
import org.heraldlb.core.CoreLoop;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of core beside its view. Registered by hand: one component cannot be two kinds of snapshot source, and
 * membership wants one while core wants membership.
 */
final class Doors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    private static final long LONGEST_FAREWELL_SECONDS = 30;
    private static final String MEMBERSHIP = "org.heraldlb.membership";

    private final BundleContext context;
    private final CoreLoop core;
    private final SynchronousBundleListener farewell = this::stopping;
    private final List<ServiceRegistration<?>> open = new ArrayList<>();

    Doors(BundleContext context, CoreLoop core) {
        this.context = context;
        this.core = core;
        // Where the bundle is installed its service will come, in whatever order the container starts them.
        if (Arrays.stream(context.getBundles()).anyMatch(bundle -> MEMBERSHIP.equals(bundle.getSymbolicName()))) {
            core.expectMembership();
        }
    }

    void open() {
        Dictionary<String, Object> none = new Hashtable<>();
        open.add(context.registerService(NodeFactsSource.class, new Facts(core.facts()), none));
        open.add(context.registerService(NodeControl.class, core.control(), none));
        context.addBundleListener(farewell);
    }

    /** The framework begins to stop: this runs before it stops the first bundle, and holds it up. */
    private void stopping(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
            try {
                core.leave().get(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException late) {
                LOG.warn("stopping although not everything is handed over: {}", late.toString());
            }
        }
    }

    private record Facts(SnapshotSource<NodeFacts> source) implements NodeFactsSource {
        @Override
        public NodeFacts current() {
            return source.current();
        }

        @Override
        public Registration observe(Consumer<? super NodeFacts> observer) {
            return source.observe(observer);
        }
    }

    @Override
    public void close() {
        context.removeBundleListener(farewell);
        open.forEach(ServiceRegistration::unregister);
        open.clear();
    }
}
