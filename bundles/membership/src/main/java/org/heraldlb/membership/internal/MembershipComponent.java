package org.heraldlb.membership.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.heraldlb.api.Registration;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.member.NodeFactsSource;
import org.heraldlb.api.system.NodeIdentity;
import org.heraldlb.api.system.SystemView;
import org.heraldlb.membership.codec.Seal;
import org.heraldlb.membership.engine.Channel;
import org.heraldlb.membership.engine.MembershipEngine;
import org.heraldlb.membership.engine.Settings;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Offers {@link Membership} where peers are configured, and does nothing at all where none are. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.heraldlb.membership")
@Designate(ocd = MembershipConfig.class)
public final class MembershipComponent {

    /** Eight silent hosts are asked at once; when more are silent it is this node that is cut off. */
    private static final int PINGS = 32;

    private final Observed<NodeFactsSource> facts;
    private final Observed<SystemView> system;
    private final MembershipEngine engine;
    private final ExecutorService io;
    private final ExecutorService pings;
    private final ServiceRegistration<Membership> registration;

    /** Refuses what is out of range, which DS reports with this component's name. */
    @Activate
    public MembershipComponent(BundleContext context, @Reference NodeIdentity identity, MembershipConfig config) {
        Settings settings = SettingsReader.read(identity.name(), config);
        if (settings.sources().isEmpty()) {
            engine = null;
            io = null;
            pings = null;
            facts = new Observed<>(source -> () -> {});
            system = new Observed<>(view -> () -> {});
            registration = context.registerService(Membership.class, new Alone(), null);
            return;
        }
        io = Executors.newSingleThreadExecutor(task -> daemon(task, "membership-io"));
        pings = new ThreadPoolExecutor(
                0, PINGS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> daemon(task, "membership-ping"));
        SecureRandom random = new SecureRandom();
        ThreadEventLoop loop = ThreadEventLoop.start("membership", Ticker.SYSTEM);
        engine = new MembershipEngine(
                loop, new MembershipEngine.Threads(io, pings), settings, new Randomness(random), Channel::of);
        facts = new Observed<>(source -> source.observe(engine::facts));
        system = new Observed<>(view -> view.observe(engine::system));
        registration = context.registerService(Membership.class, engine, null);
        engine.start();
    }

    private record Randomness(SecureRandom random) implements MembershipEngine.Chance {
        @Override
        public long incarnation() {
            return random.nextLong() | 1;
        }

        @Override
        public Seal seal(String key) {
            return new Seal(key, random);
        }
    }

    /** The library looks its own files up through the context loader. */
    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(MembershipComponent.class.getClassLoader());
        return thread;
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindFacts(NodeFactsSource source) {
        facts.set(source);
    }

    void unbindFacts(NodeFactsSource source) {
        facts.unset(source);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindSystem(SystemView view) {
        system.set(view);
    }

    void unbindSystem(SystemView view) {
        system.unset(view);
    }

    @Deactivate
    void stop() throws InterruptedException {
        registration.unregister();
        if (engine != null) {
            engine.close();
            io.shutdown();
            pings.shutdownNow();
            io.awaitTermination(2, TimeUnit.SECONDS);
        }
    }

    /** One service at a time, observed. DS binds the new one before it unbinds the old one. */
    private static final class Observed<T> {
        private final Function<T, Registration> observe;
        private final AtomicReference<Bound<T>> bound = new AtomicReference<>();

        private record Bound<T>(T service, Registration registration) {}

        Observed(Function<T, Registration> observe) {
            this.observe = observe;
        }

        void set(T next) {
            close(bound.getAndSet(new Bound<>(next, observe.apply(next))));
        }

        void unset(T gone) {
            Bound<T> current = bound.get();
            if (current != null && current.service() == gone && bound.compareAndSet(current, null)) {
                close(current);
            }
        }

        private static void close(Bound<?> old) {
            if (old != null) {
                old.registration().close();
            }
        }
    }
}
