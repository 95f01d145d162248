package org.heraldlb.frr.vty;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One daemon's command line. One thread. */
public interface Vty extends AutoCloseable {

    /**
     * @param code 0 fine, 1 a warning, anything else refused (FRR: enum {@code CMD_*})
     * @param text what the daemon said
     */
    record Reply(int code, String text) {
        public boolean isRefused() {
            return code > 1;
        }
    }

    /**
     * Says all commands at once and collects one reply for each.
     *
     * @throws IOException the daemon is gone, or not done in time; the connection is useless then
     */
    List<Reply> say(List<String> commands, Duration patience) throws IOException;

    @Override
    void close();
}
