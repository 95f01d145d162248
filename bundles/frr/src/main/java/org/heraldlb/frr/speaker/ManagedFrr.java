package org.heraldlb.frr.speaker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.heraldlb.frr.vty.UnixVty;
import org.heraldlb.frr.vty.Vty;
import org.heraldlb.runtime.Ticker;

/** An FRR of our own: zebra, bgpd and bfdd as child processes, with sockets and files in a private directory. */
public final class ManagedFrr implements FrrHost {

    private static final List<String> DAEMONS = List.of("zebra", "bgpd", "bfdd");
    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STARTING_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long END_MILLIS = 1000;

    /**
     * @param programs directory of bgpd, such as {@code /usr/lib/frr}
     * @param directory for sockets, pid files and logs; short, as a socket's path has at most 107 bytes
     * @param user that the daemons run as, and group; empty: ours
     * @param beside sockets of an FRR that would be disturbed by ours
     */
    public record Places(Path programs, Path directory, String user, Path beside) {}

    private final Places places;
    private final Ticker ticker;
    private final Map<String, Process> running = new LinkedHashMap<>();
    private final Map<String, Long> started = new LinkedHashMap<>();
    private boolean prepared;

    public ManagedFrr(Places places, Ticker ticker) {
        this.places = places;
        this.ticker = ticker;
    }

    @Override
    public String describe() {
        return "managed in " + places.directory();
    }

    @Override
    public boolean ensureRunning(Runnable gone) throws IOException {
        prepare();
        boolean ready = true;
        for (String daemon : DAEMONS) {
            Process process = running.get(daemon);
            if (process == null || !process.isAlive()) {
                start(daemon, gone);
                return false;
            }
            if (!Files.exists(socket(daemon))) {
                if (ticker.nanos() - started.get(daemon) > STARTING_NANOS) {
                    throw new IOException(daemon + " does not open its socket: " + lastWords(daemon));
                }
                ready = false;
            }
            if (!ready) {
                return false;
            }
        }
        return true;
    }

    private void prepare() throws IOException {
        if (prepared) {
            return;
        }
        if (!Files.isExecutable(places.programs().resolve("bgpd"))) {
            throw new IOException("FRR is not installed: there is no " + places.programs() + "/bgpd");
        }
        refuseCompany();
        Files.createDirectories(places.directory());
        DAEMONS.forEach(this::endLeftOver);
        own(places.directory());
        prepared = true;
    }

    /** Two zebras in one kernel take each other's routes for leftovers of their own. */
    private void refuseCompany() throws IOException {
        Path other = places.beside().resolve("zebra.vty");
        if (Files.exists(other) && !places.beside().equals(places.directory())) {
            try (Vty there = UnixVty.open(other, ticker)) {
                there.say(List.of("enable"), Duration.ofSeconds(1));
                throw new IOException("another FRR runs here (" + places.beside() + "): set mode=attached");
            } catch (IOException none) {
                if (none.getMessage().startsWith("another FRR")) {
                    throw none;
                }
            }
        }
    }

    /** What a crash of ours left behind would hold the sessions. */
    private void endLeftOver(String daemon) {
        try {
            Path file = places.directory().resolve(daemon + ".pid");
            if (Files.exists(file)) {
                Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(
                        Files.readString(file, StandardCharsets.UTF_8).strip()));
                left.filter(handle -> Files.exists(socket(daemon)))
                        .filter(handle -> handle.info()
                                .commandLine()
                                .filter(line -> line.contains(places.directory().toString()))
                                .isPresent())
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
            Files.deleteIfExists(socket(daemon));
        } catch (IOException | NumberFormatException unreadable) {
            FrrLog.stillLost(describe(), "cannot look for leftovers: " + unreadable.getMessage());
        }
    }

    private void own(Path path) throws IOException {
        if (places.user().isEmpty()) {
            return;
        }
        UserPrincipalLookupService users = path.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        view.setOwner(users.lookupPrincipalByName(places.user()));
        view.setGroup(users.lookupPrincipalByGroupName(places.user()));
    }

    private void start(String daemon, Runnable gone) throws IOException {
        Long last = started.get(daemon);
        if (last != null && ticker.nanos() - last < AGAIN_NANOS) {
            throw new IOException(daemon + " ended: " + lastWords(daemon));
        }
        Files.deleteIfExists(socket(daemon));
        Path config = places.directory().resolve(daemon + ".conf");
        Files.writeString(config, "");
        Process process = new ProcessBuilder(command(daemon, config))
                .directory(places.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(places.directory().resolve(daemon + ".out").toFile())
                .start();
        process.getOutputStream().close();
        started.put(daemon, ticker.nanos());
        running.put(daemon, process);
        process.onExit().thenRun(gone);
    }

    private List<String> command(String daemon, Path config) throws IOException {
        String directory = places.directory().toString();
        List<String> command = new ArrayList<>(List.of(
                places.programs().resolve(daemon).toString(),
                "-f",
                config.toString(),
                "-i",
                directory + "/" + daemon + ".pid",
                "-z",
                directory + "/zserv.api",
                "--vty_socket",
                directory,
                "-P",
                "0",
                "--log",
                "file:" + directory + "/" + daemon + ".log"));
        if (!places.user().isEmpty()) {
            command.addAll(List.of("-u", places.user(), "-g", places.user()));
        }
        switch (daemon) {
            case "bgpd" -> command.addAll(List.of("-p", "0"));
            case "zebra" -> command.add("-r");
            default -> {
                if (knowsControlSocket()) {
                    command.addAll(List.of("--bfdctl", directory + "/bfdd.sock"));
                }
            }
        }
        return command;
    }

    /** FRR 8 needs it where several run, FRR 10 does not know it any more. */
    private boolean knowsControlSocket() throws IOException {
        Process help = new ProcessBuilder(places.programs().resolve("bfdd").toString(), "--help")
                .redirectErrorStream(true)
                .start();
        return new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("bfdctl");
    }

    private String lastWords(String daemon) {
        try {
            List<String> lines = Files.readAllLines(places.directory().resolve(daemon + ".out"));
            return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        } catch (IOException unreadable) {
            return "it said nothing";
        }
    }

    private Path socket(String daemon) {
        return places.directory().resolve(daemon + ".vty");
    }

    @Override
    public Vty open(String daemon) throws IOException {
        return UnixVty.open(socket(daemon), ticker);
    }

    /** bgpd is killed, which its peers take for a restart; then the others end in peace. */
    @Override
    public void cut(Collection<Remote> connections) {
        Process bgpd = running.remove("bgpd");
        if (bgpd != null) {
            bgpd.destroyForcibly();
            await(bgpd);
        }
        stop();
    }

    @Override
    public boolean outlivesUs() {
        return false;
    }

    @Override
    public boolean listens() {
        return false;
    }

    @Override
    public void stop() {
        List<String> order = List.of("bgpd", "bfdd", "zebra");
        for (String daemon : order) {
            Process process = running.remove(daemon);
            if (process != null) {
                process.destroy();
                await(process);
                process.destroyForcibly();
            }
        }
        started.clear();
    }

    private static void await(Process process) {
        try {
            process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
