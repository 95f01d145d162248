package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.heraldlb.runtime.Ticker;

/** Requests for the Lease. Every write names the version that it replaces: of two writers, one fails. Blocks. */
final class LeaseClient {

    private final KubernetesClient client;
    private final ClientSettings settings;
    private final Ticker ticker;

    LeaseClient(KubernetesClient client, ClientSettings settings, Ticker ticker) {
        this.client = client;
        this.settings = settings;
        this.ticker = ticker;
    }

    Optional<Lease> read() {
        return Optional.ofNullable(client.leases()
                .inNamespace(settings.namespace())
                .withName(Election.LEASE)
                .get());
    }

    static Candidacy.Seen seen(Lease lease) {
        LeaseSpec spec = lease.getSpec();
        String holder = spec == null || spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity();
        Integer seconds = spec == null ? null : spec.getLeaseDurationSeconds();
        return new Candidacy.Seen(
                holder,
                lease.getMetadata().getResourceVersion(),
                seconds == null ? Candidacy.LEASE_DURATION : Duration.ofSeconds(seconds));
    }

    void create() {
        Lease lease = new LeaseBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(Election.LEASE)
                        .withNamespace(settings.namespace())
                        .build())
                .withSpec(held(new LeaseSpec(), true))
                .build();
        client.leases().inNamespace(settings.namespace()).resource(lease).create();
    }

    /** @param fresh the holder changes */
    void hold(Lease lease, boolean fresh) {
        lease.setSpec(held(lease.getSpec() == null ? new LeaseSpec() : lease.getSpec(), fresh));
        client.leases().inNamespace(settings.namespace()).resource(lease).update();
    }

    private LeaseSpec held(LeaseSpec spec, boolean fresh) {
        ZonedDateTime now = ticker.wallClock().atZone(ZoneOffset.UTC);
        if (fresh) {
            spec.setAcquireTime(now);
            spec.setLeaseTransitions(spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions() + 1);
        }
        spec.setHolderIdentity(settings.identity());
        spec.setLeaseDurationSeconds((int) Candidacy.LEASE_DURATION.toSeconds());
        spec.setRenewTime(now); // for people: nobody decides by it
        return spec;
    }

    /** Gives it back if it is ours. */
    void release() {
        read().filter(lease -> seen(lease).holder().equals(settings.identity())).ifPresent(lease -> {
            lease.getSpec().setHolderIdentity(null); // the API server refuses an empty one
            client.leases().inNamespace(settings.namespace()).resource(lease).update();
        });
    }
}
