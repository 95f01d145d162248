package org.heraldlb.bench.l2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
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
 * L2Node socket|pcap        then on standard input, one command a line, each answered with one line:
 *   plan ADDRESS[+COUNT][@IF,IF] ...      announces exactly these
 *   assign ADDRESS@IF ...                 puts exactly these on interfaces
 *   status | links | problems | counters | assigned
 * </pre>
 *
 * The end of standard input ends it.
 */
public final class L2Node implements AutoCloseable {

    private final LinuxLinkMonitor links = new LinuxLinkMonitor(Duration.ofSeconds(10));
    private final L2Engine engine;
    private final AddressKeeper keeper;
    private long generation;

    private L2Node(PacketIo io) {
        engine = new L2Engine(
                ThreadEventLoop.start("l2", Ticker.SYSTEM),
                new LinuxPacketSockets(io, Ticker.SYSTEM),
                links,
                L2Settings.parse(L2Settings.DEFAULT_EXCLUDED, L2Settings.DEFAULT_SCHEDULE));
        keeper = AddressKeeper.ofKernel(
                ThreadEventLoop.start("addresses", Ticker.SYSTEM), links, Duration.ofSeconds(30));
        links.start();
        engine.start();
        keeper.start();
    }

    public static void main(String[] words) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (L2Node node = new L2Node(PacketIo.parse(words[0]))) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(node.obey(line.trim().split("\\s+")));
            }
        }
    }

    private String obey(String[] words) {
        List<String> rest = Arrays.asList(words).subList(1, words.length);
        AnnouncerStatus status = engine.status().current();
        return switch (words[0]) {
            case "plan" -> plan(rest);
            case "assign" -> assign(rest);
            case "status" -> status.observedGeneration() + " " + status.announcements();
            case "problems" -> String.valueOf(status.problems());
            case "counters" -> new TreeMap<>(status.counters()).toString();
            case "assigned" -> keeper.status().current().toString();
            case "links" -> String.valueOf(links.current());
            default -> "unknown command " + words[0];
        };
    }

    private String plan(List<String> words) {
        List<L2Announcement> announcements = new ArrayList<>();
        words.forEach(word -> addAnnouncements(word, announcements));
        engine.apply(new L2Plan(++generation, "node", announcements));
        return "applied " + generation;
    }

    private static void addAnnouncements(String word, List<L2Announcement> into) {
        String[] parts = word.split("@", 2);
        InterfaceSelection where = parts.length == 1
                ? InterfaceSelection.ALL
                : InterfaceSelection.only(new HashSet<>(Arrays.asList(parts[1].split(","))));
        String[] range = parts[0].split("\\+", 2);
        IpAddress first = IpAddress.parse(range[0]);
        int count = range.length == 1 ? 1 : Integer.parseInt(range[1]);
        for (int i = 0; i < count; i++) {
            into.add(new L2Announcement(first.plus(i), where, List.of()));
        }
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
