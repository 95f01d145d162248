package org.heraldlb.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A cluster, asked by {@code kubectl} as a child process ({@code HERALD_KUBECTL} names another program). Only reads.
 *
 * @param options that choose the cluster
 * @param namespace MetalLB's
 */
record Kubectl(List<String> options, String namespace) {

    static final Kubectl DEFAULT = new Kubectl(List.of(), "metallb-system");

    private static final long PATIENCE_SECONDS = 120;

    Kubectl option(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new Kubectl(more, namespace);
    }

    Kubectl of(String other) {
        return new Kubectl(options, other);
    }

    /** Everything that matters. Secrets that may not be read are left out: peers that name them say so. */
    List<Input> read() throws UsageException {
        List<Input.Text> texts = new ArrayList<>();
        texts.add(get("services,endpointslices.discovery.k8s.io,nodes,namespaces", "--all-namespaces"));
        List<String> kinds = new ArrayList<>(kinds("metallb.io"));
        kinds.addAll(kinds("frrk8s.metallb.io"));
        if (!kinds.isEmpty()) {
            texts.add(get(String.join(",", kinds), "--namespace=" + namespace));
        }
        texts.add(get("configmaps,daemonsets,deployments", "--namespace=" + namespace));
        try {
            texts.add(get("secrets", "--namespace=" + namespace, "--field-selector=type=kubernetes.io/basic-auth"));
        } catch (UsageException forbidden) {
            // Said by the problem of each peer that needs one.
        }
        return List.of(new Input(texts));
    }

    private List<String> kinds(String group) throws UsageException {
        return run("api-resources", "--api-group=" + group, "--verbs=list", "--output=name")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private Input.Text get(String kinds, String... where) throws UsageException {
        List<String> arguments = new ArrayList<>(List.of("get", kinds, "--output=json"));
        arguments.addAll(List.of(where));
        return new Input.Text("kubectl get " + kinds, run(arguments.toArray(String[]::new)));
    }

    private String run(String... arguments) throws UsageException {
        String program = System.getenv().getOrDefault("HERALD_KUBECTL", "kubectl");
        List<String> command = new ArrayList<>(List.of(program, "--request-timeout=60s"));
        command.addAll(options);
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("herald-kubectl", ".err");
            try {
                return run(command, errors);
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException absent) {
            throw new UsageException("--live needs kubectl: " + absent.getMessage());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new UsageException("interrupted");
        }
    }

    private static String run(List<String> command, Path errors)
            throws IOException, InterruptedException, UsageException {
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new UsageException("kubectl: " + Files.readString(errors).strip());
            }
            return out;
        } finally {
            process.destroy();
        }
    }
}
