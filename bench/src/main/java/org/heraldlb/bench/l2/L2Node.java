package org.heraldlb.bench.l2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.addresses.AddressKeeper;
import org.heraldlb.hostlinux.addresses.AddressKeeper.Leave;
import org.heraldlb.hostlinux.links.LinuxLinkMonitor;
import org.heraldlb.hostlinux.packet.LinuxPacketSockets;
import org.heraldlb.hostlinux.packet.PacketIo;
import org.heraldlb.l2.speaker.L2Engine;
import org.heraldlb.l2.speaker.L2Settings;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;

/**
 * A node that is nothing but its layer 2, without a container: what laboratories and benchmarks talk to.
 *
 * <pre>
 * L2Node socket|pcap [PINGS]    then on standard input, one command a line, each answered with one line:
 *   plan [POLICY|quorum|available|watch:OWNER[=MAC,..]] ADDRESS[+COUNT|*COUNT][@IF,IF] ...
 *                                 announces or watches exactly these, each by the words before it; + counts
 *                                 addresses, * counts /64 prefixes with the same last half
 *   assign ADDRESS@IF ...         puts exactly these on interfaces
 *   members MAC ...               there is a membership: nodes with these addresses
 *   lease quorum|available on|off ...   whether it permits answers
 *   capture FILE                  writes the last frames
 *   status | links | problems | counters | assigned | checks | neighbors
 * </pre>
 *
 * The end of standard input ends it.
 */
public final class L2Node implements AutoCloseable {

    private final LinuxLinkMonitor links = new LinuxLinkMonitor(Duration.ofSeconds(10));
    private final L2Engine engine;
    private final AddressKeeper keeper;
    private long generation;

    private final Company company = new Company();

    private L2Node(PacketIo io, int pings) {
        engine = new L2Engine(
                ThreadEventLoop.start("l2", Ticker.SYSTEM),
                new LinuxPacketSockets(io, Ticker.SYSTEM),
                links,
                L2Settings.parse(L2Settings.DEFAULT_EXCLUDED, L2Settings.DEFAULT_SCHEDULE)
                        .withPings(pings));
        keeper = AddressKeeper.ofKernel(
                ThreadEventLoop.start("addresses", Ticker.SYSTEM), links, Duration.ofSeconds(30));
        links.start();
        engine.start();
        keeper.start();
    }

    public static void main(String[] words) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (L2Node node = new L2Node(PacketIo.parse(words[0]), words.length > 1 ? Integer.parseInt(words[1]) : 0)) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(node.obey(line.trim().split("\\s+")));
            }
        }
    }

    private String obey(String[] words) throws IOException {
        List<String> rest = Arrays.asList(words).subList(1, words.length);
        AnnouncerStatus status = engine.status().current();
        return switch (words[0]) {
            case "plan" -> plan(rest);
            case "assign" -> assign(rest);
            case "status" -> status.observedGeneration() + " " + status.announcements();
            case "problems" -> String.valueOf(status.problems());
            case "counters" -> new TreeMap<>(status.counters()).toString();
            case "members" -> company.of(engine, rest);
            case "lease" -> company.lease(rest);
            case "checks" -> String.valueOf(engine.view().checks());
            case "neighbors" -> String.valueOf(engine.view().neighbors());
            case "capture" ->
                String.valueOf(Files.write(Path.of(words[1]), engine.view().capture()));
            case "assigned" -> keeper.status().current().toString();
            case "links" -> String.valueOf(links.current());
            default -> "unknown command " + words[0];
        };
    }

    private String plan(List<String> words) {
        PlanWords plan = new PlanWords();
        words.forEach(plan::add);
        engine.apply(new L2Plan(++generation, "node", plan.announcements(), plan.watches()));
        return "applied " + generation;
    }

    private String assign(List<String> words) {
        List<Assignment> assignments = words.stream()
                .map(word -> word.split("@", 2))
                .map(parts -> new Assignment(IpAddress.parse(parts[0]), parts[1]))
                .toList();
        keeper.apply(new HostAddressPlan(++generation, "node", assignments));
        return "applied " + generation;
    }

    @Override
    public void close() {
        engine.close();
        keeper.close(Leave.REMOVE);
        links.close();
    }
}
