package org.heraldlb.k8ssource.internal;

import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.ipam.AllocationRole;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether this node holds the lease, as a service. */
@Component(service = AllocationRole.class, immediate = true)
public final class AllocationRoleComponent implements AllocationRole {

    private final SnapshotSource<Role> role;
    private final String source;

    @Activate
    public AllocationRoleComponent(@Reference KubernetesSourceComponent kubernetes) {
        role = kubernetes.source().role();
        source = kubernetes.source().current().source();
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public Role current() {
        return role.current();
    }

    @Override
    public Registration observe(Consumer<? super Role> observer) {
        return role.observe(observer);
    }
}
