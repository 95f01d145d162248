package org.heraldlb.observability.internal;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.bfd.BfdView;
import org.heraldlb.api.system.SystemView;
import org.heraldlb.observability.http.Console;
import org.heraldlb.observability.http.Listener;
import org.heraldlb.observability.http.Pages;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.view.components.WaitingComponents;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Opens the HTTP door over whichever {@link SystemView} there is. */
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.heraldlb.observability")
@Designate(ocd = ObservabilityComponent.Config.class)
public final class ObservabilityComponent {

    /** PID {@code org.heraldlb.observability}. */
    @ObjectClassDefinition(name = "Herald HTTP door")
    public @interface Config {
        @AttributeDefinition(description = "address to listen on; HERALD_HTTP_BIND has precedence")
        String bind() default "127.0.0.1";

        @AttributeDefinition(description = "TCP port; HERALD_HTTP_PORT has precedence")
        int port() default 7472;
    }

    private final AtomicReference<SystemView> view = new AtomicReference<>();
    private final AtomicReference<BfdView> bfd = new AtomicReference<>();
    private final Listener listener;

    @Activate
    public ObservabilityComponent(@Reference ServiceComponentRuntime components, Config config) {
        Pages pages = new Pages(
                () -> Optional.ofNullable(view.get()).map(SystemView::current),
                () -> WaitingComponents.of(components),
                () -> Optional.ofNullable(bfd.get()).map(BfdView::current),
                Console.page());
        RequestLimits.apply();
        listener = new Listener(ThreadEventLoop.start("herald-http-open", Ticker.SYSTEM), address(config), pages);
    }

    private static InetSocketAddress address(Config config) {
        String port = Optional.ofNullable(System.getenv("HERALD_HTTP_PORT")).orElse("");
        String bind = Optional.ofNullable(System.getenv("HERALD_HTTP_BIND")).orElse("");
        return new InetSocketAddress(
                bind.isBlank() ? config.bind() : bind.strip(),
                port.isBlank() ? config.port() : Integer.parseInt(port.strip()));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindView(SystemView found) {
        view.set(found);
    }

    void unbindView(SystemView gone) {
        view.compareAndSet(gone, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBfd(BfdView found) {
        bfd.set(found);
    }

    void unbindBfd(BfdView gone) {
        bfd.compareAndSet(gone, null);
    }

    /** The configuration often arrives after the start, and is mostly the default. */
    @Modified
    void change(Config config) {
        listener.move(address(config));
    }

    @Deactivate
    void close() {
        listener.close();
    }
}
