package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.heraldlb.api.l2.L2Check;
import org.heraldlb.api.l2.L2Check.State;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.junit.jupiter.api.Test;

final class Layer2CheckRowTest {

    private static L2Check check(String address, State state) {
        boolean fine = state == State.HELD;
        return new L2Check(
                IpAddress.parse(address),
                "eth0",
                state,
                "",
                new TreeSet<>(),
                fine ? Optional.empty() : Optional.of(MacAddress.parse("02:00:00:00:00:99")),
                fine ? Optional.empty() : Optional.of(Instant.parse("2030-01-01T00:00:00.5Z")),
                Optional.empty(),
                fine ? 0 : 7);
    }

    private final List<L2Check> checks = List.of(check("192.0.2.1", State.HELD), check("192.0.2.2", State.CONFLICT));

    @Test
    void whatIsFineIsShownOnDemandOnly() {
        assertThat(Layer2CheckRow.of(checks, true)).hasSize(2);
        assertThat(Layer2CheckRow.of(checks, false))
                .extracting(Layer2CheckRow::address)
                .containsExactly("192.0.2.2");
        assertThat(Layer2CheckRow.table(List.of(), Paper.PLAIN)).isEmpty();
    }

    @Test
    void aConflictNamesTheOther() {
        assertThat(Layer2CheckRow.table(Layer2CheckRow.of(checks, false), Paper.PLAIN))
                .contains("192.0.2.2  eth0       conflict  this node  02:00:00:00:00:99  2030-01-01T00:00:00Z");
    }
}
