package org.heraldlb.core.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.member.NodeFactsSource;
import org.heraldlb.core.CoreLoop;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * The services of core beside its view. Registered by hand: one component cannot be two kinds of snapshot source, and
 * membership wants one while core wants membership.
 */
final class Doors implements AutoCloseable {

    private static final String MEMBERSHIP = "org.heraldlb.membership";

    private final BundleContext context;
    private final CoreLoop core;
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
        open.forEach(ServiceRegistration::unregister);
        open.clear();
    }
}
