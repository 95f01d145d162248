package org.heraldlb.frr.speaker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.frr.config.Delta;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;
import org.heraldlb.frr.render.Rendered;
import org.heraldlb.frr.render.Target;
import org.heraldlb.frr.state.Local;
import org.heraldlb.frr.state.Received;
import org.heraldlb.frr.vty.Vty;

/** The connections to one running FRR. */
final class FrrLink implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("FRRouting (\\d+)\\.(\\d+)");
    private static final Pattern PASSWORD = Pattern.compile("( password) .*");
    private static final Duration QUESTION = Duration.ofSeconds(1);
    /** Ten thousand lines take a third of a second; a loaded machine may take much longer. */
    private static final Duration CHANGE = Duration.ofSeconds(10);

    private final FrrHost host;
    private final Vty bgpd;
    private Vty bfdd;
    private boolean bfddIsNew;
    private String lastText = "";
    private Running lastRunning = Running.NOTHING;

    /** The oldest that is known to work. */
    static final int OLDEST_MAJOR = 8;

    static final int OLDEST_MINOR = 4;

    private FrrLink(FrrHost host, Vty bgpd) {
        this.host = host;
        this.bgpd = bgpd;
    }

    static FrrLink open(FrrHost host) throws IOException {
        FrrLink link = new FrrLink(host, host.open("bgpd"));
        try {
            link.bgpd.say(List.of("enable"), QUESTION);
            link.openBfdd();
            return link;
        } catch (IOException failure) {
            link.close();
            throw failure;
        }
    }

    /** bfdd may come later, or never. */
    private void openBfdd() {
        if (bfdd != null) {
            return;
        }
        try {
            bfdd = host.open("bfdd");
            bfdd.say(List.of("enable"), QUESTION);
            bfddIsNew = true;
        } catch (IOException none) {
            closeBfdd();
        }
    }

    private void closeBfdd() {
        if (bfdd != null) {
            bfdd.close();
            bfdd = null;
        }
    }

    boolean hasBfdd() {
        openBfdd();
        return bfdd != null;
    }

    /** True once after bfdd came, which then knows no profile. */
    boolean takeNewBfdd() {
        boolean news = hasBfdd() && bfddIsNew;
        bfddIsNew = false;
        return news;
    }

    /** Such as {@code 8.4}; empty when it does not say. */
    String version() throws IOException {
        Matcher found = VERSION.matcher(ask("show version"));
        return found.find() ? found.group(1) + "." + found.group(2) : "";
    }

    static boolean isTooOld(String version) {
        if (version.isEmpty()) {
            return false;
        }
        int dot = version.indexOf('.');
        int major = Integer.parseInt(version, 0, dot, 10);
        int minor = Integer.parseInt(version, dot + 1, version.length(), 10);
        return major < OLDEST_MAJOR || major == OLDEST_MAJOR && minor < OLDEST_MINOR;
    }

    Running running() throws IOException {
        String text = ask("show running-config");
        if (hasBfdd()) {
            try {
                text += "\n"
                        + bfdd.say(List.of("show running-config"), QUESTION)
                                .get(0)
                                .text();
            } catch (IOException gone) {
                closeBfdd();
            }
        }
        if (!text.equals(lastText)) {
            lastRunning = Running.of(Section.parse(text));
            lastText = text;
        }
        return lastRunning;
    }

    /** Whether these routes are in FRR what we left there. */
    boolean isAsLeft(List<Rendered.Touched> routes) throws IOException {
        List<String> questions = routes.stream()
                .map(route -> "show bgp " + vrf(route.vrf())
                        + family(route.prefix().family()) + " unicast " + route.prefix() + " json")
                .toList();
        List<Vty.Reply> answers = bgpd.say(questions, QUESTION);
        for (int i = 0; i < answers.size(); i++) {
            if (!Local.isAsLeft(json(answers.get(i).text()), routes.get(i).tag())) {
                return false;
            }
        }
        return true;
    }

    /** FRR answers in words where it has nothing to show. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException words) {
            return MissingNode.getInstance();
        }
    }

    private static String vrf(String name) {
        return name.equals("default") ? "" : "vrf " + name + " ";
    }

    private static String family(IpFamily family) {
        return family == IpFamily.IPV4 ? "ipv4" : "ipv6";
    }

    JsonNode neighbors() throws IOException {
        return JSON.readTree(ask("show bgp vrf all neighbors json"));
    }

    List<ReceivedRoute> received(Target.Neighbor neighbor) throws IOException {
        List<ReceivedRoute> all = new ArrayList<>();
        for (IpFamily family : neighbor.families()) {
            all.addAll(Received.read(JSON.readTree(ask("show bgp " + vrf(neighbor.vrf()) + family(family)
                    + " unicast neighbors " + neighbor.key() + " received-routes json"))));
        }
        return all;
    }

    void clear(Target.Neighbor neighbor, boolean soft) throws IOException {
        ask("clear bgp " + vrf(neighbor.vrf()) + neighbor.key() + (soft ? " soft" : ""));
    }

    private String ask(String question) throws IOException {
        return bgpd.say(List.of(question), QUESTION).get(0).text();
    }

    /** Carries a change out; returns what FRR refused, one line each, without passwords. */
    List<String> change(Delta delta) throws IOException {
        List<String> refused = new ArrayList<>();
        if (!delta.bfdd().isEmpty() && hasBfdd()) {
            try {
                configure(bfdd, delta.bfdd(), refused);
            } catch (IOException gone) {
                closeBfdd();
            }
        }
        if (!delta.bgpd().isEmpty()) {
            configure(bgpd, delta.bgpd(), refused);
        }
        if (!delta.clears().isEmpty()) {
            bgpd.say(delta.clears(), CHANGE);
        }
        return refused;
    }

    /** Lines for bgpd's configuration mode; returns what it refused. */
    List<String> say(List<String> lines) throws IOException {
        List<String> refused = new ArrayList<>();
        configure(bgpd, lines, refused);
        return refused;
    }

    private static void configure(Vty vty, List<String> lines, List<String> refused) throws IOException {
        List<String> commands = new ArrayList<>(lines.size() + 2);
        commands.add("configure terminal");
        commands.addAll(lines);
        commands.add("end");
        List<Vty.Reply> replies = vty.say(commands, CHANGE);
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i).isRefused()) {
                refused.add(masked(commands.get(i)) + " ("
                        + masked(replies.get(i).text().strip().replace('\n', ' ')) + ")");
            }
        }
    }

    static String masked(String line) {
        return PASSWORD.matcher(line).replaceAll("$1 ***");
    }

    @Override
    public void close() {
        bgpd.close();
        closeBfdd();
    }
}
