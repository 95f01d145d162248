package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How MetalLB was started, as far as it says so: its Deployment and its DaemonSet, where they are among the documents.
 *
 * @param loadBalancerClass {@code --lb-class}
 * @param ignoreExcludeLabel {@code --ignore-exclude-lb}
 * @param mode {@code METALLB_BGP_TYPE}; empty when nobody says
 */
record Installation(Optional<String> loadBalancerClass, boolean ignoreExcludeLabel, String mode) {

    static boolean isPart(Tree tree) {
        boolean workload = tree.kind().equals("Deployment") || tree.kind().equals("DaemonSet");
        return workload && containers(tree).stream().anyMatch(Installation::isMetallb);
    }

    private static boolean isMetallb(Tree container) {
        return container.text("image").orElse("").contains("metallb");
    }

    private static List<Tree> containers(Tree workload) {
        return workload.child("spec").child("template").child("spec").children("containers");
    }

    static Installation of(List<Tree> objects) {
        List<Tree> containers = objects.stream()
                .filter(Installation::isPart)
                .flatMap(workload -> containers(workload).stream())
                .toList();
        return new Installation(
                first(containers, container -> argument(container, "--lb-class").filter(text -> !text.isEmpty())),
                first(containers, container -> argument(container, "--ignore-exclude-lb"))
                        .filter(text -> !text.equals("false"))
                        .isPresent(),
                first(containers, container -> environment(container, "METALLB_BGP_TYPE"))
                        .orElse(""));
    }

    private static Optional<String> first(List<Tree> containers, Function<Tree, Optional<String>> of) {
        return containers.stream()
                .flatMap(container -> of.apply(container).stream())
                .findFirst();
    }

    /** Go's flags may have one dash or two. */
    private static Optional<String> argument(Tree container, String name) {
        return container.list("args").stream()
                .map(String::valueOf)
                .map(arg -> arg.startsWith("--") ? arg : "-" + arg)
                .filter(arg -> arg.equals(name) || arg.startsWith(name + "="))
                .map(arg -> arg.substring(Math.min(arg.length(), name.length() + 1)))
                .findFirst();
    }

    private static Optional<String> environment(Tree container, String name) {
        return container.children("env").stream()
                .filter(variable -> variable.text("name").orElse("").equals(name))
                .flatMap(variable -> variable.text("value").stream())
                .findFirst();
    }

    /** Lines for {@code org.heraldlb.core.cfg}. */
    List<String> settings() {
        List<String> settings = new ArrayList<>();
        loadBalancerClass.ifPresent(name -> settings.add("loadBalancerClass = " + name));
        if (ignoreExcludeLabel) {
            settings.add("ignoreExcludeLabel = true");
        }
        return settings;
    }
}
