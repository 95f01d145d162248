package org.heraldlb.k8ssource.client;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;

/** Reads a kubeconfig. */
final class Kubeconfig {

    private Kubeconfig() {}

    /** @throws KubernetesClientException when it is none, in one line */
    static Config read(String name) {
        File file = new File(name);
        if (!file.canRead()) {
            throw new KubernetesClientException("kubeconfig " + name + " cannot be read");
        }
        try {
            return Config.fromKubeconfig(file);
        } catch (RuntimeException fault) {
            throw new KubernetesClientException("kubeconfig " + name + " makes no sense: " + why(fault));
        }
    }

    /** The parsers quote what they cannot read, which may be a key or a token: the place has to be enough. */
    private static String why(Throwable fault) {
        for (Throwable each = fault; each != null; each = each.getCause()) {
            if (each instanceof JacksonException tree) {
                return "it is no kubeconfig at '" + path(tree) + "'";
            }
            if (each instanceof MarkedYamlEngineException text) {
                return "it is no YAML" + place(text);
            }
        }
        return Fault.said(fault);
    }

    private static String path(JacksonException fault) {
        return fault.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(joining());
    }

    private static String place(MarkedYamlEngineException fault) {
        return fault.getProblemMark()
                .map(mark -> " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                .orElse("");
    }
}
