package org.heraldlb.bfd.sessions;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.runtime.SnapshotCell;

/** Interfaces that come and go. */
final class FakeLinks implements LinkMonitor {

    private final SnapshotCell<LinkSnapshot> cell = new SnapshotCell<>(LinkSnapshot.EMPTY);

    /** There is one interface now. */
    void have(String name, int index) {
        Link link = new Link(index, name, Optional.empty(), Set.of(Link.Flag.UP), Optional.empty(), List.of());
        cell.set(new LinkSnapshot(index, List.of(link), List.of()));
    }

    void haveNone() {
        cell.set(LinkSnapshot.EMPTY);
    }

    @Override
    public LinkSnapshot current() {
        return cell.current();
    }

    @Override
    public Registration observe(Consumer<? super LinkSnapshot> observer) {
        return cell.observe(observer);
    }
}
