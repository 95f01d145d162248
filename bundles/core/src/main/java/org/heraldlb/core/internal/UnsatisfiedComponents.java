package org.heraldlb.core.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Components that wait for a service or failed to start, one line each. Those that wait for configuration are off. */
final class UnsatisfiedComponents {

    private UnsatisfiedComponents() {}

    static List<String> of(ServiceComponentRuntime scr) {
        List<String> lines = new ArrayList<>();
        for (ComponentDescriptionDTO description : scr.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO configuration : scr.getComponentConfigurationDTOs(description)) {
                if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
                    lines.add(description.name + " waits for " + missing(description, configuration));
                } else if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    lines.add(description.name + " failed: " + firstLine(configuration.failure));
                }
            }
        }
        return lines.stream().sorted().distinct().toList();
    }

    private static String missing(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        return String.join(
                ", ",
                Arrays.stream(configuration.unsatisfiedReferences)
                        .map(reference -> text(description, reference))
                        .sorted()
                        .toList());
    }

    private static String text(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO reference) {
        String type = Arrays.stream(description.references)
                .filter(declared -> declared.name.equals(reference.name))
                .map((ReferenceDTO declared) -> declared.interfaceName)
                .findFirst()
                .orElse(reference.name);
        return reference.target == null || reference.target.isEmpty() ? type : type + " " + reference.target;
    }

    private static String firstLine(String failure) {
        return failure == null ? "no reason given" : failure.lines().findFirst().orElse("");
    }
}
