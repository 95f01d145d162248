package org.heraldlb.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.Registration;
import org.junit.jupiter.api.Test;

final class SnapshotCellTest {

    private final SnapshotCell<String> cell = new SnapshotCell<>("one");
    private final List<String> seen = new ArrayList<>();

    @Test
    void replaysTheCurrentValueAndTellsLaterOnes() {
        cell.observe(seen::add);
        cell.set("two");
        assertThat(seen).containsExactly("one", "two");
        assertThat(cell.current()).isEqualTo("two");
    }

    @Test
    void doesNotTellTheSameTwice() {
        cell.observe(seen::add);
        cell.set("one");
        assertThat(seen).containsExactly("one");
    }

    @Test
    void anObserverThatThrowsDisturbsNobody() {
        cell.observe(value -> {
            throw new IllegalStateException("on purpose");
        });
        cell.observe(seen::add);
        cell.set("two");
        assertThat(seen).containsExactly("one", "two");
    }

    @Test
    void closingTheRegistrationEndsTheCalls() {
        Registration registration = cell.observe(seen::add);
        registration.close();
        registration.close();
        cell.set("two");
        assertThat(seen).containsExactly("one");
    }
}
