package org.heraldlb.frr.speaker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.heraldlb.frr.config.FakeFrr;
import org.heraldlb.frr.vty.Vty;

/** An FRR in memory. */
final class FakeHost implements FrrHost {

    FakeFrr frr = new FakeFrr();
    final List<String> said = new ArrayList<>();
    String neighbors = "{}";
    String version = "FRRouting 8.4.4 (test) on Linux";
    String refuses = "nothing";
    boolean there = true;
    boolean outlives = true;
    int cuts;
    int stops;
    int looks;

    @Override
    public String describe() {
        return "test";
    }

    @Override
    public boolean ensureRunning(Runnable gone) {
        return true;
    }

    @Override
    public Vty open(String daemon) throws IOException {
        if (!there) {
            throw new IOException("no such socket");
        }
        return new FakeVty(daemon);
    }

    @Override
    public void cut(Collection<Remote> connections) {
        cuts++;
    }

    @Override
    public boolean outlivesUs() {
        return outlives;
    }

    @Override
    public boolean listens() {
        return outlives;
    }

    @Override
    public void stop() {
        stops++;
    }

    private final class FakeVty implements Vty {
        private final String daemon;

        private FakeVty(String daemon) {
            this.daemon = daemon;
        }

        @Override
        public List<Reply> say(List<String> commands, Duration patience) throws IOException {
            if (!there) {
                throw new IOException("gone");
            }
            if (commands.get(0).equals("configure terminal")) {
                List<String> lines = commands.subList(1, commands.size() - 1);
                said.addAll(lines);
                frr.say(lines.stream().filter(line -> !line.startsWith(refuses)).toList());
                return commands.stream()
                        .map(line -> new Reply(line.startsWith(refuses) ? 2 : 0, ""))
                        .toList();
            }
            return commands.stream()
                    .map(command -> new Reply(0, answer(command)))
                    .toList();
        }

        /** As FRR shows a route of its own: with the tag that its route map gives it. */
        private String route(String prefix) {
            return frr.running()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.equals("network " + prefix) || line.startsWith("network " + prefix + " "))
                    .map(line -> line.contains("herald-tag-")
                            ? ", \"tag\": " + line.substring(line.indexOf("herald-tag-") + "herald-tag-".length())
                            : "")
                    .map(tag -> "{\"paths\": [{\"sourced\": true, \"local\": true" + tag + "}]}")
                    .findFirst()
                    .orElse("{}");
        }

        private String answer(String command) {
            if (command.matches("show bgp ipv[46] unicast \\S+ json")) {
                return route(command.split(" ")[4]);
            }
            looks += command.equals("show running-config") && daemon.equals("bgpd") ? 1 : 0;
            return switch (command) {
                case "show version" -> version;
                case "show running-config" -> daemon.equals("bgpd") ? frr.running() : "";
                case "show bgp vrf all neighbors json" -> neighbors;
                default -> "";
            };
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
