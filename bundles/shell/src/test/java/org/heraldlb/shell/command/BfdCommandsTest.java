package org.heraldlb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.shell.internal.BfdSessionsComponent;
import org.junit.jupiter.api.Test;

class BfdCommandsTest {

    private static BfdList list(String output) {
        BfdList list = new BfdList();
        list.sessions = () -> BfdSnapshot.EMPTY;
        list.session = Sessions.with(Map.of());
        list.output = output;
        return list;
    }

    @Test
    void theListIsATableAndJson() {
        assertThat(list("table").execute()).isEqualTo("no BFD sessions");
        assertThat(list("json").execute()).contains("\"sessions\": []");
    }

    @Test
    void aPeerThatIsNotThereIsOneLine() {
        BfdSession command = new BfdSession();
        command.sessions = () -> BfdSnapshot.EMPTY;
        command.words = List.of("192.0.2.1");
        assertThatThrownBy(command::execute).hasMessage("no BFD session with \"192.0.2.1\"; there is none");
        BfdDoctor doctor = new BfdDoctor();
        doctor.sessions = () -> BfdSnapshot.EMPTY;
        doctor.words = List.of("192.0.2.1", "-o", "json");
        assertThatThrownBy(doctor::execute).hasMessageStartingWith("no BFD session");
    }

    @Test
    void withoutBfdItSaysSo() {
        assertThatThrownBy(() -> new BfdSessionsComponent().snapshot())
                .hasMessage("no BFD bundle is running; install herald-bfd");
    }
}
