package org.heraldlb.frr.speaker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.heraldlb.frr.vty.UnixVty;
import org.heraldlb.frr.vty.Vty;
import org.heraldlb.runtime.Ticker;

/** An FRR that the operator runs. */
public final class AttachedFrr implements FrrHost {

    private static final long PATIENCE_SECONDS = 1;

    private final Path sockets;
    private final Ticker ticker;

    /** @param sockets directory of {@code bgpd.vty} */
    public AttachedFrr(Path sockets, Ticker ticker) {
        this.sockets = sockets;
        this.ticker = ticker;
    }

    @Override
    public String describe() {
        return "attached to " + sockets;
    }

    @Override
    public boolean ensureRunning(Runnable gone) {
        return true;
    }

    @Override
    public Vty open(String daemon) throws IOException {
        return UnixVty.open(sockets.resolve(daemon + ".vty"), ticker);
    }

    /** The kernel aborts the connections (SOCK_DESTROY, CAP_NET_ADMIN): FRR has no word for going without a farewell. */
    @Override
    public void cut(Collection<Remote> connections) {
        for (Remote remote : connections) {
            try {
                Process kill = new ProcessBuilder(
                                "ss", "-K", "-t", "dst", remote.address(), "dport", "=", ":" + remote.port())
                        .redirectErrorStream(true)
                        .start();
                if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    kill.destroyForcibly();
                }
                // It ends with 0 whether the kernel let it or not, and lists what it has closed.
                String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!said.contains(remote.address())) {
                    FrrLog.cannotCut("the kernel closed no connection to " + remote.address()
                            + ": CAP_NET_ADMIN and CONFIG_INET_DIAG_DESTROY are needed");
                }
            } catch (IOException failure) {
                FrrLog.cannotCut(failure.getMessage());
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean outlivesUs() {
        return true;
    }

    @Override
    public boolean listens() {
        return true;
    }

    @Override
    public void stop() {
        // It is not ours to stop.
    }
}
