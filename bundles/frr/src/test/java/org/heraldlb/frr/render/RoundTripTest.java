package org.heraldlb.frr.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.frr.config.Names;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever a plan holds, the text says that and nothing else: names and passwords are never commands. */
class RoundTripTest {

    /** What a text says of one peer. */
    private record Told(String neighbor, String remoteAs, String password, Map<String, List<String>> routes) {}

    @RepeatedTest(300)
    void theTextReadsBackAsThePlan(RepetitionInfo repetition) {
        BgpPlan plan = Plans.random(new SplittableRandom(repetition.getCurrentRepetition()));

        Target target = Rendering.of(plan, FrrSettings.DEFAULT, Running.NOTHING);
        Section read = Section.parse(target.config().print());

        assertThat(read).isEqualTo(target.config());
        assertThat(target.config().print().chars())
                .as("printable ASCII and line breaks")
                .allMatch(c -> c == '\n' || c >= 0x20 && c < 0x7f);
        assertThat(read(read)).isEqualTo(wanted(plan, target));
    }

    private static Map<String, Told> wanted(BgpPlan plan, Target target) {
        Map<String, Told> wanted = new TreeMap<>();
        for (PeerPlan peer : plan.peers()) {
            if (!target.neighbors().containsKey(peer.name())) {
                assertThat(target.problems())
                        .as("%s is not there for a reason", peer.name())
                        .isNotEmpty();
                continue;
            }
            Map<String, List<String>> routes = new TreeMap<>();
            long prepend = Peers.internal(peer.peer()) ? 0 : Peers.visibleAs(peer.peer());
            for (Route route : peer.routes()) {
                Section lines = Section.root();
                AttributeLines.add(lines, route.attributes(), prepend);
                routes.put(route.prefix().toString(), lines.lines());
            }
            wanted.put(
                    peer.name(),
                    new Told(
                            Peers.vrf(peer.peer()) + " " + Peers.key(peer.peer()),
                            Long.toString(peer.peer().as().peerAsn().orElseThrow()),
                            peer.password().map(SecretValue::reveal).orElse(""),
                            routes));
        }
        return wanted;
    }

    private static Map<String, Told> read(Section config) {
        Map<String, Told> told = new TreeMap<>();
        for (Section router : config.children()) {
            if (!router.header().startsWith("router bgp ")) {
                continue;
            }
            String vrf = router.header().contains(" vrf ") ? router.header().split(" vrf ")[1] : "default";
            Map<String, Map<String, String>> neighbors = new TreeMap<>();
            for (String line : router.lines()) {
                String[] words =
                        line.replace("interface remote-as", "remote-as").split(" ", 4);
                if (words[0].equals("neighbor")) {
                    neighbors
                            .computeIfAbsent(words[1], key -> new HashMap<>())
                            .put(words[2], words.length > 3 ? words[3] : "");
                }
            }
            neighbors.forEach((key, lines) -> {
                String name = Names.decode(lines.get("description").substring(Names.DESCRIPTION.length()));
                told.put(
                        name,
                        new Told(
                                vrf + " " + key,
                                lines.get("remote-as"),
                                lines.getOrDefault("password", ""),
                                routes(config, router, name)));
            });
        }
        return told;
    }

    private static Map<String, List<String>> routes(Section config, Section router, String peer) {
        Map<String, List<String>> byTag = new HashMap<>();
        config.children().stream()
                .filter(map -> map.header().startsWith("route-map " + Rendering.out(peer) + " permit "))
                .forEach(map -> byTag.put(
                        map.lines().get(0).split(" ")[2],
                        map.lines().subList(1, map.lines().size())));
        Map<String, List<String>> routes = new TreeMap<>();
        for (Section family : router.children()) {
            for (String line : family.lines()) {
                String[] words = line.split(" ");
                if (words[0].equals("network")) {
                    Section map = config.child("route-map " + words[3] + " permit 10");
                    List<String> attributes = byTag.get(map.lines().get(0).split(" ")[2]);
                    if (attributes != null) {
                        routes.put(words[1], attributes);
                    }
                }
            }
        }
        return routes;
    }

    @Test
    void namesComeBack() {
        for (String name : List.of("tor", "a b", "\"x\" | include y", "é\n!", "%41", "", "a-b_c.D9")) {
            assertThat(Names.encode(name)).matches("[A-Za-z0-9._%-]*");
            assertThat(Names.decode(Names.encode(name))).isEqualTo(name);
        }
    }
}
