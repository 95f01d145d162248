package org.heraldlb.shell.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.host.KernelSettings;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSettings;
import org.heraldlb.shell.HostEyes;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@link HostEyes} over whichever services there are. */
@Component
public final class HostEyesComponent implements HostEyes {

    private final AtomicReference<LinkMonitor> links = new AtomicReference<>();
    private final AtomicReference<KernelSettings> kernel = new AtomicReference<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLinks(LinkMonitor found) {
        links.set(found);
    }

    void unbindLinks(LinkMonitor gone) {
        links.compareAndSet(gone, null);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindKernel(KernelSettings found) {
        kernel.set(found);
    }

    void unbindKernel(KernelSettings gone) {
        kernel.compareAndSet(gone, null);
    }

    @Override
    public List<Link> links() {
        return Optional.ofNullable(links.get())
                .map(monitor -> monitor.current().links())
                .orElse(List.of());
    }

    @Override
    public Optional<LinkSettings> settings(String link) {
        return Optional.ofNullable(kernel.get()).map(settings -> settings.of(link));
    }
}
