package org.heraldlb.view.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

class WaitingComponentsTest {

    private static ServiceComponentRuntime runtime(ComponentConfigurationDTO configuration) {
        return (ServiceComponentRuntime) Proxy.newProxyInstance(
                WaitingComponentsTest.class.getClassLoader(),
                new Class<?>[] {ServiceComponentRuntime.class},
                (proxy, method, arguments) -> method.getName().equals("getComponentDescriptionDTOs")
                        ? List.of(configuration.description)
                        : List.of(configuration));
    }

    private static ComponentConfigurationDTO configuration(String name, int state) {
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "links";
        reference.interfaceName = "org.example.LinkMonitor";
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = name;
        description.references = new ReferenceDTO[] {reference};
        UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
        missing.name = "links";
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.description = description;
        configuration.state = state;
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
        return configuration;
    }

    @Test
    void aMissingServiceIsNamed() {
        assertThat(WaitingComponents.of(
                        runtime(configuration("org.heraldlb.l2.L2", ComponentConfigurationDTO.UNSATISFIED_REFERENCE))))
                .containsExactly("org.heraldlb.l2.L2 waits for a service org.example.LinkMonitor (reference links)");
    }

    @Test
    void aFailedStartShowsItsFirstLine() {
        ComponentConfigurationDTO failed =
                configuration("org.heraldlb.l2.L2", ComponentConfigurationDTO.FAILED_ACTIVATION);
        failed.failure = "java.io.IOException: no socket\n\tat somewhere";
        assertThat(WaitingComponents.of(runtime(failed)))
                .containsExactly("org.heraldlb.l2.L2 failed to start: java.io.IOException: no socket");
    }

    @Test
    void activeComponentsAndThoseOfOthersAreNotListed() {
        assertThat(WaitingComponents.of(runtime(configuration("org.heraldlb.a", ComponentConfigurationDTO.ACTIVE))))
                .isEmpty();
        assertThat(WaitingComponents.of(
                        runtime(configuration("org.other.b", ComponentConfigurationDTO.UNSATISFIED_REFERENCE))))
                .isEmpty();
    }

    @Test
    void aComponentWithoutItsConfigurationIsSwitchedOff() {
        assertThat(WaitingComponents.of(
                        runtime(configuration("org.heraldlb.a", ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION))))
                .isEmpty();
    }
}
