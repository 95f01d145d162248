package org.heraldlb.view.components;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Herald's components that are not active, each with what it misses. A component that waits for its configuration alone
 * is switched off on purpose and not listed.
 */
public final class WaitingComponents {

    private static final String OURS = "org.heraldlb.";

    private WaitingComponents() {}

    /** One line each, sorted; any thread. */
    public static List<String> of(ServiceComponentRuntime runtime) {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(description -> description.name.startsWith(OURS))
                .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream())
                .flatMap(WaitingComponents::line)
                .sorted()
                .distinct()
                .toList();
    }

    private static Stream<String> line(ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Stream.of(configuration.description.name + " waits for " + missing(configuration));
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Stream.of(configuration.description.name + " failed to start: " + firstLine(configuration.failure));
            default -> Stream.empty();
        };
    }

    private static String missing(ComponentConfigurationDTO configuration) {
        return Arrays.stream(configuration.unsatisfiedReferences)
                .map(reference -> interfaceOf(configuration.description, reference))
                .collect(Collectors.joining(", "));
    }

    private static String interfaceOf(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO unsatisfied) {
        return Arrays.stream(description.references)
                .filter(reference -> reference.name.equals(unsatisfied.name))
                .map(WaitingComponents::describe)
                .findFirst()
                .orElse(unsatisfied.name);
    }

    private static String describe(ReferenceDTO reference) {
        String filter = reference.target == null ? "" : " with " + reference.target;
        return "a service " + reference.interfaceName + filter + " (reference " + reference.name + ")";
    }

    private static String firstLine(String failure) {
        return failure == null ? "no reason given" : failure.lines().findFirst().orElse("");
    }
}
