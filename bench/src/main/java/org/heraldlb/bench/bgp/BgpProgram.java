package org.heraldlb.bench.bgp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.speaker.BfdPort;
import org.heraldlb.bgp.speaker.NettyTransport;
import org.heraldlb.bgp.speaker.Speaker;
import org.heraldlb.bgp.speaker.SpeakerSettings;
import org.heraldlb.hostlinux.links.LinuxLinkMonitor;
import org.heraldlb.hostlinux.packet.LinuxPacketSockets;
import org.heraldlb.hostlinux.packet.PacketIo;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.view.BgpPage;
import org.heraldlb.view.Paper;

/**
 * Herald's BGP speaker as a program, for the lab. It reads commands from its standard input, one a line, and prints one
 * line for each thing that happens, wall clock first:
 *
 * <pre>
 * peer NAME ADDRESS|if:INTERFACE my=65001 as=65002|internal|external [port=179] [source=A] [md5=KEY] [gtsm=HOPS] [multihop] [both]
 *      [gr] [passive] [local=AS] [hold=9] [keepalive=3] [connect=1] [role=CUSTOMER]
 *                                                 adds or replaces a peer
 * nopeer NAME
 * route PREFIX [lp=200] [med=5] [prepend=1] [com=65001:100,...] [large=1:2:3,...] [bw=BYTES]
 * noroute PREFIX
 * table COUNT 4|6                                 the routes, instead of all others
 * apply                                           what was said becomes the plan
 * drain on|off
 * clear NAME [soft] | disable NAME TEXT | enable | trace NAME | untrace | received NAME
 * page NAME | doctor NAME                          what bgp:peer and bgp:doctor show
 * status | stop | quit
 * </pre>
 *
 * Arguments: {@code [listen=PORT] [transport=nio] [restart=SECONDS] [llgr=SECONDS] [id=ROUTER-ID] [unnumbered] [cold]}.
 */
public final class BgpProgram {

    private final Speaker speaker;
    private final Map<String, Peer> peers = new TreeMap<>();
    private final Map<String, SecretValue> passwords = new HashMap<>();
    private final Map<IpPrefix, Route> routes = new TreeMap<>();
    private final Map<String, SessionStatus.State> states = new HashMap<>();
    private final Map<String, List<Route>> tables = new HashMap<>();
    private List<Route> table = List.of();
    private Registration trace = () -> {};
    private long generation;

    private BgpProgram(Speaker speaker) {
        this.speaker = speaker;
        speaker.status().observe(this::changed);
    }

    /** Runs until {@code quit} or the end of the input. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = options(Arrays.asList(arguments));
        NettyTransport transport = "nio".equals(options.get("transport"))
                ? NettyTransport.nio(Ticker.SYSTEM, "asked for")
                : NettyTransport.best(Ticker.SYSTEM);
        SpeakerSettings.Timers standard = SpeakerSettings.Timers.DEFAULT;
        SpeakerSettings.Timers timers = new SpeakerSettings.Timers(
                standard.hold(),
                standard.connectRetry(),
                Duration.ofSeconds(Long.parseLong(options.getOrDefault("restart", "120"))),
                Duration.ofSeconds(Long.parseLong(options.getOrDefault("llgr", "0"))),
                standard.sendHold());
        SpeakerSettings settings = new SpeakerSettings(
                Optional.ofNullable(options.get("id")).map(IpAddress::parse),
                Integer.parseInt(options.getOrDefault("listen", "0")),
                timers,
                false,
                100_000);
        Speaker speaker = new Speaker(transport, settings, new SplittableRandom(), BfdPort.NONE);
        speaker.start();
        if (!options.containsKey("cold")) {
            Speaker.rehearse();
        }
        LinuxLinkMonitor links = new LinuxLinkMonitor(Duration.ofSeconds(10));
        if (options.containsKey("unnumbered")) {
            links.start();
            speaker.host(new LinuxPacketSockets(PacketIo.SOCKET, Ticker.SYSTEM), links);
        }
        say("started " + transport.describe());
        new BgpProgram(speaker).run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    private static void say(String text) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Ticker.SYSTEM.wallClock());
        System.out.printf("%d.%06d %s%n", micros / 1_000_000, micros % 1_000_000, text);
        System.out.flush();
    }

    private synchronized void changed(AnnouncerStatus status) {
        for (SessionStatus session : status.sessions()) {
            if (states.put(session.peer(), session.state()) != session.state()) {
                say("state " + session.peer() + " " + session.state().text() + " " + session.lastError());
            }
        }
    }

    private void run(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+")));
            obey(words.remove(0), words);
        }
        speaker.close();
        say("stopped");
    }

    private void obey(String command, List<String> words) {
        switch (command) {
            case "peer" -> peers.put(words.get(0), peer(words));
            case "nopeer" -> peers.remove(words.get(0));
            case "route" -> {
                IpPrefix prefix = IpPrefix.parse(words.get(0));
                routes.put(prefix, new Route(prefix, attributes(options(words))));
                table = List.copyOf(routes.values());
            }
            case "noroute" -> {
                routes.remove(IpPrefix.parse(words.get(0)));
                table = List.copyOf(routes.values());
            }
            case "table" ->
                table = tables.computeIfAbsent(
                        words.toString(),
                        key -> table(
                                Integer.parseInt(words.get(0)), words.get(1).equals("4")));
            case "change" -> table = changed(table, Integer.parseInt(words.get(0)));
            case "apply" -> apply();
            case "drain" -> speaker.drain(words.get(0).equals("on"));
            case "status" -> status();
            case "clear" -> speaker.control().clear(words.get(0), words.size() > 1);
            case "disable" ->
                speaker.control().disable(Map.of(words.get(0), String.join(" ", words.subList(1, words.size()))));
            case "enable" -> speaker.control().disable(Map.of());
            case "trace" -> trace = speaker.control().trace(words.get(0), line -> say("trace " + line));
            case "untrace" -> trace.close();
            case "received" -> speaker.control().received(words.get(0)).forEach(route -> say("received " + route));
            case "page" -> page(words.get(0)).text(Paper.PLAIN).lines().forEach(line -> say("page " + line));
            case "doctor" -> say("doctor " + page(words.get(0)).findings());
            case "stop" -> speaker.close();
            default -> say("what is " + command + "?");
        }
    }

    private BgpPage page(String peer) {
        return BgpPage.of(speaker.control().detail(peer).orElseThrow());
    }

    private void apply() {
        List<PeerPlan> plans = peers.values().stream()
                .map(peer ->
                        new PeerPlan(peer, Optional.ofNullable(passwords.get(peer.name())), Optional.empty(), table))
                .toList();
        say("apply " + generation);
        speaker.apply(new BgpPlan(generation++, "lab", plans));
    }

    private void status() {
        AnnouncerStatus status = speaker.status().current();
        status.sessions()
                .forEach(session ->
                        say("session " + session.peer() + " " + session.state().text()
                                + " advertised=" + session.advertised() + " received=" + session.received() + " "
                                + session.details()
                                + " lastError=" + session.lastError()));
        status.problems().forEach(problem -> say("problem " + problem.code() + " " + problem.text()));
        say("counters " + new TreeMap<>(status.counters()));
    }

    private static Map<String, String> options(List<String> words) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            options.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
        }
        return options;
    }

    private Peer peer(List<String> words) {
        Map<String, String> options = options(words);
        passwords.remove(words.get(0));
        Optional.ofNullable(options.get("md5")).ifPresent(key -> passwords.put(words.get(0), new SecretValue(key)));
        boolean link = words.get(1).startsWith("if:");
        return new Peer(
                ObjectRef.of(Kind.BGP_PEER, words.get(0)),
                new Origin("lab", "lab"),
                List.of(),
                as(options),
                new Peer.Endpoint(
                        link ? Optional.empty() : Optional.of(IpAddress.parse(words.get(1))),
                        link ? Optional.of(words.get(1).substring(3)) : Optional.empty(),
                        Optional.ofNullable(options.get("source")).map(IpAddress::parse),
                        Integer.parseInt(options.getOrDefault("port", "179")),
                        Optional.empty(),
                        options.containsKey("multihop")),
                new Peer.Timers(seconds(options, "hold"), seconds(options, "keepalive"), seconds(options, "connect")),
                Peer.Authentication.NONE,
                new Peer.Options(
                        Optional.empty(),
                        Optional.empty(),
                        options.containsKey("gr"),
                        false,
                        options.containsKey("both"),
                        extensions(options)));
    }

    private static Optional<Duration> seconds(Map<String, String> options, String key) {
        return Optional.ofNullable(options.get(key)).map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private static Peer.Extensions extensions(Map<String, String> options) {
        return new Peer.Extensions(
                options.containsKey("passive"),
                options.containsKey("gtsm")
                        ? OptionalInt.of(Integer.parseInt(options.get("gtsm")))
                        : OptionalInt.empty(),
                Optional.ofNullable(options.get("role")).map(Peer.Role::valueOf),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static Peer.As as(Map<String, String> options) {
        String remote = options.get("as");
        boolean number = Character.isDigit(remote.charAt(0));
        return new Peer.As(
                Long.parseLong(options.get("my")),
                number ? OptionalLong.of(Long.parseLong(remote)) : OptionalLong.empty(),
                number
                        ? Optional.empty()
                        : Optional.of(Peer.DynamicAs.valueOf(remote.toUpperCase(java.util.Locale.ROOT))),
                options.containsKey("local")
                        ? OptionalLong.of(Long.parseLong(options.get("local")))
                        : OptionalLong.empty());
    }

    private static RouteAttributes attributes(Map<String, String> options) {
        return new RouteAttributes(
                number(options, "lp"),
                list(options, "com").stream()
                        .map(BgpProgram::community)
                        .sorted()
                        .toList(),
                list(options, "large").stream().map(BgpProgram::large).sorted().toList(),
                number(options, "med"),
                Integer.parseInt(options.getOrDefault("prepend", "0")),
                number(options, "bw"));
    }

    private static OptionalLong number(Map<String, String> options, String key) {
        return options.containsKey(key) ? OptionalLong.of(Long.parseLong(options.get(key))) : OptionalLong.empty();
    }

    private static List<String> list(Map<String, String> options, String key) {
        return options.containsKey(key) ? List.of(options.get(key).split(",")) : List.of();
    }

    private static Community community(String text) {
        String[] halves = text.split(":");
        return Community.of(Integer.parseInt(halves[0]), Integer.parseInt(halves[1]));
    }

    private static LargeCommunity large(String text) {
        String[] parts = text.split(":");
        return new LargeCommunity(
                Integer.parseUnsignedInt(parts[0]),
                Integer.parseUnsignedInt(parts[1]),
                Integer.parseUnsignedInt(parts[2]));
    }

    private static List<Route> table(int count, boolean v4) {
        List<Route> table = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            IpAddress address = v4 ? IpAddress.v4(0x0a80_0000 + i) : IpAddress.v6(0x2001_0db8_0000_0000L, i);
            table.add(new Route(IpPrefix.host(address), RouteAttributes.NONE));
        }
        return table;
    }

    /** One route with another community each time. */
    private static List<Route> changed(List<Route> table, int index) {
        List<Route> next = new ArrayList<>(table);
        RouteAttributes other = new RouteAttributes(
                OptionalLong.empty(),
                List.of(Community.of(65001, index & 0xffff)),
                List.of(),
                OptionalLong.empty(),
                0,
                OptionalLong.empty());
        next.set(index, new Route(table.get(index).prefix(), other));
        return next;
    }
}
