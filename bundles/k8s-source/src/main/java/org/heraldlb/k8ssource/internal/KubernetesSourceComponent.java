package org.heraldlb.k8ssource.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.api.system.NodeIdentity;
import org.heraldlb.k8ssource.KubernetesSource;
import org.heraldlb.k8ssource.LossPolicy;
import org.heraldlb.k8ssource.client.ClientSettings;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The Kubernetes source as a service. */
@Component(
        service = {IntentSource.class, KubernetesSourceComponent.class},
        configurationPid = "org.heraldlb.k8ssource",
        immediate = true)
@Designate(ocd = KubernetesSourceConfig.class)
public final class KubernetesSourceComponent implements IntentSource {

    private final KubernetesSource source;

    @Activate
    public KubernetesSourceComponent(KubernetesSourceConfig config, @Reference NodeIdentity node) {
        source = KubernetesSource.start(
                settings(config, node),
                ThreadEventLoop.start("k8s-source", Ticker.SYSTEM),
                ThreadEventLoop.start("k8s-connector", Ticker.SYSTEM));
    }

    private static KubernetesSource.Settings settings(KubernetesSourceConfig config, NodeIdentity node) {
        Optional<String> kubeconfig = Optional.of(config.kubeconfig().strip()).filter(path -> !path.isEmpty());
        return new KubernetesSource.Settings(
                config.id(),
                new ClientSettings(kubeconfig, config.namespace().strip(), node.name()),
                !config.role().strip().equals("speaker"),
                new LossPolicy(
                        LossPolicy.Action.parse(config.on_control_plane_loss()),
                        Duration.ofSeconds(config.hold_seconds())),
                Path.of(System.getProperty("herald.state", "state"), "kubernetes.yaml"),
                Duration.ofSeconds(config.snapshot_seconds()));
    }

    KubernetesSource source() {
        return source;
    }

    @Override
    public String id() {
        return source.id();
    }

    @Override
    public IntentFragment current() {
        return source.current();
    }

    @Override
    public Registration observe(Consumer<? super IntentFragment> observer) {
        return source.observe(observer);
    }

    @Deactivate
    public void close() {
        source.close();
    }
}
