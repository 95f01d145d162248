package org.heraldlb.shell.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void theTerminalStandsOnTheFirstLine() {
        assertThat(Request.parse("columns=120 color=1\nvip:list -o json\n"))
                .isEqualTo(new Request(120, true, "vip:list -o json"));
    }

    @Test
    void withoutATerminalLineEverythingIsTheCommand() {
        assertThat(Request.parse("vip:list\n")).isEqualTo(new Request(0, false, "vip:list"));
    }

    @Test
    void anEmptyRequestHasNoCommand() {
        assertThat(Request.parse("columns=0 color=0\n").command()).isEmpty();
        assertThat(Request.parse("").command()).isEmpty();
    }

    @Test
    void anAbsurdTerminalIsPartOfTheCommand() {
        assertThat(Request.parse("columns=99999 color=1\nx").columns()).isZero();
    }
}
