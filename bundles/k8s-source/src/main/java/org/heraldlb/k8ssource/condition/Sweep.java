package org.heraldlb.k8ssource.condition;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.client.Fault;
import org.heraldlb.k8ssource.client.Watches;
import org.heraldlb.k8ssource.mirror.ResourceType;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes {@link Orphans}, one at a time and so many a second. All on the loop of the writer of conditions, which may wait. */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.k8ssource.condition");
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration GAP = Duration.ofMillis(8);

    private final EventLoop loop;
    private final Supplier<Optional<SystemSnapshot>> snapshot;
    private final Orphans orphans = new Orphans();
    private Optional<KubernetesClient> client = Optional.empty();
    private String complained = "";

    /** @param snapshot the newest, where it may be acted on */
    Sweep(EventLoop loop, Supplier<Optional<SystemSnapshot>> snapshot) {
        this.loop = loop;
        this.snapshot = snapshot;
    }

    /** Sweeps what comes from here on; with nobody to ask, not at all. */
    void restart(Optional<KubernetesClient> through) {
        orphans.clear();
        client = through;
        loop.cancel("sweep");
        if (client.isPresent()) {
            later();
        }
    }

    private void later() {
        loop.reschedule("sweep", loop.ticker().nanos() + PERIOD.toNanos(), this::look);
    }

    void put(ResourceType type, String key, Map<String, Object> tree) {
        orphans.put(type, key, tree);
    }

    void remove(ResourceType type, String key) {
        orphans.remove(type, key);
    }

    private void look() {
        Deque<Orphans.Found> due = new ArrayDeque<>();
        snapshot.get()
                .ifPresent(now -> due.addAll(orphans.due(now, loop.ticker().nanos())));
        if (!due.isEmpty()) {
            LOG.info("{} reports of nodes that are gone are removed", due.size());
        }
        work(due);
    }

    private void work(Deque<Orphans.Found> due) {
        if (client.isEmpty() || due.isEmpty()) {
            later();
            return;
        }
        try {
            remove(client.get(), due.remove());
        } catch (RuntimeException failure) {
            complain(failure);
            later();
            return;
        }
        loop.reschedule("sweep", loop.ticker().nanos() + GAP.toNanos(), () -> work(due));
    }

    private static void remove(KubernetesClient client, Orphans.Found found) {
        NamespacedName name = NamespacedName.parse(found.key());
        try {
            client.genericKubernetesResources(Watches.context(found.type(), true))
                    .inNamespace(name.namespace())
                    .withName(name.name())
                    .delete();
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != 404) {
                throw failure;
            }
        }
    }

    private void complain(RuntimeException failure) {
        String text = "a report of a node that is gone cannot be removed: "
                + Fault.of(failure).text();
        if (!text.equals(complained)) {
            LOG.warn(text);
            complained = text;
        }
    }
}
