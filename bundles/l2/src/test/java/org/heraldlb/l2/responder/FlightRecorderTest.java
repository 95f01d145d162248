package org.heraldlb.l2.responder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.heraldlb.l2.responder.FlightRecorder.Sighting;
import org.junit.jupiter.api.Test;

final class FlightRecorderTest {

    private final FlightRecorder recorder = new FlightRecorder(3);

    private void record(int count) {
        for (int i = 0; i < count; i++) {
            recorder.record(new byte[] {(byte) i, 7}, 2, i, Verdict.ANSWERED);
        }
    }

    @Test
    void itStartsEmpty() {
        assertThat(recorder.sightings()).isEmpty();
    }

    @Test
    void itKeepsTheNewestInOrder() {
        record(5);

        assertThat(recorder.sightings()).extracting(Sighting::atNanos).containsExactly(2L, 3L, 4L);
        assertThat(recorder.sightings().get(0).bytes()).containsExactly(2, 7);
        assertThat(recorder.sightings().get(0).decision()).isEqualTo("answered");
    }

    @Test
    void itKeepsTheFrontOfLongFrames() {
        recorder.record(new byte[1500], 1500, 1, Verdict.OVERSIZED);

        List<Sighting> seen = recorder.sightings();
        assertThat(seen.get(0).length()).isEqualTo(1500);
        assertThat(seen.get(0).bytes()).hasSize(FlightRecorder.KEPT);
    }

    @Test
    void whatLeftIsToldFromWhatCame() {
        recorder.record(new byte[] {1}, 1, 1, Verdict.NOT_ANNOUNCED);
        recorder.record(new byte[] {2}, 1, 2, Sent.DEFENCE);

        assertThat(recorder.sightings()).extracting(Sighting::outgoing).containsExactly(false, true);
        assertThat(recorder.sightings()).extracting(Sighting::decision).containsExactly("not_announced", "defence");
    }
}
