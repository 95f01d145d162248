package org.heraldlb.k8swebhook.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.api.kubernetes.ApiServer;
import org.heraldlb.api.kubernetes.ApiServer.Answer;
import org.heraldlb.api.system.SystemView;
import org.heraldlb.k8swebhook.Webhook;
import org.heraldlb.k8swebhook.review.Cluster;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The webhook over whatever source, core and API server there are at the moment. Of PIDs the last one wins. */
@Component(
        immediate = true,
        service = WebhookComponent.class,
        configurationPid = {"org.heraldlb.core", "org.heraldlb.k8ssource", "org.heraldlb.k8swebhook"})
public final class WebhookComponent {

    private static final Answer NOBODY = new Answer(0, "the Kubernetes source is not running");

    private final Map<String, IntentSource> sources = new ConcurrentHashMap<>();
    private final AtomicReference<SystemView> view = new AtomicReference<>();
    private final AtomicReference<ApiServer> server = new AtomicReference<>();
    private final String source;
    private final Webhook webhook;

    @Activate
    public WebhookComponent(WebhookConfig config, OtherSettings others) {
        RequestLimits.apply();
        source = others.id();
        webhook = Webhook.start(SettingsReader.read(config, others), this::send, this::cluster);
    }

    Webhook webhook() {
        return webhook;
    }

    private Answer send(String method, String path, String body) {
        ApiServer found = server.get();
        return found == null ? NOBODY : found.send(method, path, body);
    }

    private Cluster cluster() {
        IntentSource found = sources.get(source);
        IntentFragment fragment = found == null ? IntentFragment.unsynced(source) : found.current();
        SystemView core = view.get();
        Intent intent = core == null ? Intent.EMPTY : core.current().intent();
        return fragment.synced() ? Cluster.of(fragment.objects(), intent) : Cluster.UNKNOWN;
    }

    /** Not our own, which needs this component first. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(!(component.name=org.heraldlb.k8swebhook.internal.WebhookProblemsComponent))")
    void bindSource(IntentSource found) {
        sources.put(found.id(), found);
    }

    void unbindSource(IntentSource gone) {
        sources.remove(gone.id(), gone);
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
    void bindServer(ApiServer found) {
        server.set(found);
    }

    void unbindServer(ApiServer gone) {
        server.compareAndSet(gone, null);
    }

    @Deactivate
    void close() {
        webhook.close();
    }
}
