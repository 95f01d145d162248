package org.heraldlb.ipam.alloc;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;

/** A service of ours and what became of it. Lives in one {@link Allocator}. */
final class Holder {

    /** How an allocation came about. */
    enum Decision {
        HELD("held: the service keeps what it has"),
        REQUESTED("requested: the service asks for these addresses"),
        RESERVED("reserved: the addresses are reserved for the service"),
        RETURNED("returned: the service had the addresses a moment ago"),
        ANNOTATED("annotated pool: the service asks for this pool"),
        SHARED("shared: services with the same sharing key have the address"),
        PINNED("pinned pool: the pool is for services like this"),
        AUTOMATIC("automatic: the first pool that has what the service needs");

        private final String text;

        Decision(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    final NamespacedName name;
    ServiceIntent service;
    /** Null: shares with nobody. */
    SharingKey sharing;
    /** Null: has none. */
    Allocation allocation;
    /** Null: there is nothing to complain about. */
    Problem problem;
    /** Null: has no allocation. */
    Decision decision;
    /** The last batch that looked at it. */
    int batch;

    /** Has no service yet: {@link #become} comes next. */
    Holder(NamespacedName name) {
        this.name = name;
    }

    /** The service is new or has a new version. */
    void become(ServiceIntent newService) {
        service = newService;
        sharing = SharingKey.of(newService);
    }

    List<IpAddress> addresses() {
        return allocation == null ? List.of() : allocation.addresses();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
