package org.heraldlb.k8ssource.internal;

import java.util.Optional;
import org.heraldlb.api.kubernetes.ApiServer;
import org.heraldlb.k8ssource.client.ClientSettings;
import org.heraldlb.k8ssource.client.SingleRequests;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The source's API server for requests of other bundles; made when the first of them asks for it. */
@Component(service = ApiServer.class, configurationPid = "org.heraldlb.k8ssource")
public final class ApiServerComponent implements ApiServer {

    private final SingleRequests requests;

    @Activate
    public ApiServerComponent(KubernetesSourceConfig config) {
        Optional<String> kubeconfig = Optional.of(config.kubeconfig().strip()).filter(path -> !path.isEmpty());
        requests = new SingleRequests(
                new ClientSettings(kubeconfig, config.namespace().strip(), "requests"));
    }

    @Override
    public Answer send(String method, String path, String body) {
        return requests.send(method, path, body);
    }

    @Deactivate
    public void close() {
        requests.close();
    }
}
