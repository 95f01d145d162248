package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Hex;
import org.heraldlb.bgp.packet.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void messages_come_out_as_they_went_in_however_the_stream_is_cut(long seed) throws BgpException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] message =
                    Samples.all().get(random.nextInt(Samples.all().size())).bytes();
            sent.add(Hex.of(message));
            stream.writeBytes(message);
        }
        Framer framer = new Framer();
        List<String> read = new ArrayList<>();
        byte[] bytes = stream.toByteArray();
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(1 + random.nextInt(300), bytes.length - at);
            framer.append(ByteBuffer.wrap(bytes, at, count));
            at += count;
            for (byte[] message = framer.next(4096); message != null; message = framer.next(4096)) {
                read.add(Hex.of(message));
            }
        }
        assertThat(read).as("seed " + seed).isEqualTo(sent);
    }

    @Test
    void a_bad_header_is_refused_before_its_body_comes() {
        Framer framer = new Framer();
        framer.append(ByteBuffer.wrap(Hex.bytes("ffffffffffffffffffffffffffffffff" + "ffff" + "02")));
        assertThatThrownBy(() -> framer.next(4096)).isInstanceOf(BgpException.class);
    }
}
