package org.heraldlb.frr.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** As much of FRR's command line as our commands need: lines are added, replaced and taken out as FRR does it. */
public final class FakeFrr {

    private final Node root = new Node("");

    private static final class Node {
        private final String header;
        private final List<Node> children = new ArrayList<>();

        private Node(String header) {
            this.header = header;
        }

        private Node child(String line) {
            Node found = children.stream()
                    .filter(child -> child.header.equals(line))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                found = new Node(line);
                children.add(found);
            }
            return found;
        }
    }

    /** Commands of configuration mode. */
    public FakeFrr say(List<String> commands) {
        Deque<Node> open = new ArrayDeque<>(List.of(root));
        for (String command : commands) {
            if (command.startsWith("exit")) {
                open.pop();
            } else if (command.startsWith("no ") && !isNegativeLine(command)) {
                remove(open.peek(), command.substring(3));
            } else if (isBlock(command)) {
                open.push(open.peek().child(command));
            } else {
                add(open.peek(), command);
            }
        }
        if (open.size() != 1) {
            throw new AssertionError("a block was left open by " + commands);
        }
        return this;
    }

    private static boolean isNegativeLine(String command) {
        return List.of("no bgp ebgp-requires-policy", "no bgp default ipv4-unicast", "no bgp network import-check")
                .contains(command);
    }

    private static boolean isBlock(String command) {
        return command.startsWith("route-map ")
                || command.startsWith("router bgp ")
                || command.startsWith("address-family ")
                || command.equals("bfd")
                || command.startsWith("profile ");
    }

    private static void add(Node block, String line) {
        String[] words = line.split(" ");
        block.children.removeIf(child -> replaces(words, child.header.split(" "), line, child.header));
        block.child(line);
    }

    /** A network has one route map, a neighbour one AS, and so on. */
    private static boolean replaces(String[] next, String[] old, String line, String oldLine) {
        if (line.equals(oldLine) || next.length < 2 || !next[0].equals(old[0])) {
            return false;
        }
        return switch (next[0]) {
            case "network", "set", "match" -> next[1].equals(old[1]);
            case "neighbor" ->
                old.length > 3
                        && next.length > 3
                        && next[1].equals(old[1])
                        && next[2].equals(old[2])
                        && switch (next[2]) {
                            case "route-map" -> next[4].equals(old[4]);
                            case "timers", "bfd" -> next[3].equals("connect") == old[3].equals("connect");
                            default -> true;
                        };
            case "bgp" -> next[1].equals(old[1]) && (!next[1].equals("graceful-restart") || next[2].equals(old[2]));
            case "echo" -> next[1].equals(old[1]);
            case "coalesce-time", "transmit-interval", "receive-interval", "detect-multiplier", "minimum-ttl" -> true;
            default -> false;
        };
    }

    private static void remove(Node block, String line) {
        String[] words = line.split(" ");
        if (words.length == 2 && words[0].equals("neighbor")) {
            block.children.removeIf(child -> child.header.startsWith(line + " "));
            block.children.forEach(family -> family.children.removeIf(child -> child.header.startsWith(line + " ")));
        } else {
            block.children.removeIf(child ->
                    child.header.equals(line) || line.endsWith(" password") && child.header.startsWith(line + " "));
        }
    }

    /** As {@code show running-config}. */
    public String running() {
        StringBuilder out = new StringBuilder("frr version 8.4.4\nfrr defaults traditional\n!\n");
        print(root, 0, out);
        return out.toString();
    }

    private static void print(Node block, int depth, StringBuilder out) {
        for (Node child : block.children) {
            boolean shown = !child.header.equals("bfd") && !child.header.startsWith("address-family ");
            if (!shown && child.children.isEmpty()) {
                continue;
            }
            out.append(" ".repeat(depth)).append(child.header).append('\n');
            print(child, depth + 1, out);
            if (isBlock(child.header)) {
                out.append(" ".repeat(depth)).append("exit\n!\n");
            }
        }
    }
}
