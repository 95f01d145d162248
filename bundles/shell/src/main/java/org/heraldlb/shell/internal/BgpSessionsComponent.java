package org.heraldlb.shell.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.shell.BgpSessions;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@link BgpSessions} over all announcers: the one that is chosen has the sessions, the others have none. */
@Component
public final class BgpSessionsComponent implements BgpSessions {

    private final List<BgpControl> controls = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindControl(BgpControl found) {
        controls.add(found);
    }

    void unbindControl(BgpControl gone) {
        controls.remove(gone);
    }

    @Override
    public Optional<BgpControl> of(String peer) {
        return controls.stream()
                .filter(control -> control.detail(peer).isPresent())
                .findFirst();
    }
}
