package org.heraldlb.frr.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A line of FRR's configuration and the lines below it. Equal sections have the same lines, in whatever order. Filled
 * once, then only read.
 */
public final class Section {

    private final String header;
    private final Map<String, Section> children = new LinkedHashMap<>();

    public Section(String header) {
        this.header = header;
    }

    /** The whole of a configuration. */
    public static Section root() {
        return new Section("");
    }

    public String header() {
        return header;
    }

    public Collection<Section> children() {
        return children.values();
    }

    /** The section with this header, or null. */
    public Section child(String childHeader) {
        return children.get(childHeader);
    }

    public boolean has(String line) {
        return children.containsKey(line);
    }

    public boolean isEmpty() {
        return children.isEmpty();
    }

    /** The headers of the children, in order. */
    public List<String> lines() {
        return List.copyOf(children.keySet());
    }

    /** The child of this header; made when it is not there. */
    public Section section(String childHeader) {
        return children.computeIfAbsent(childHeader, Section::new);
    }

    public Section add(String line) {
        section(line);
        return this;
    }

    public Section addAll(Collection<String> lines) {
        lines.forEach(this::section);
        return this;
    }

    /** The children that are wanted, with everything below them. */
    public Section filter(Predicate<Section> wanted) {
        Section filtered = new Section(header);
        children.values().stream().filter(wanted).forEach(child -> filtered.children.put(child.header, child));
        return filtered;
    }

    /** Puts in a copy's place what {@code child} is. */
    public Section put(Section child) {
        children.put(child.header, child);
        return this;
    }

    /** A copy that shares all children but those that change. */
    public Section with(Collection<String> gone, Collection<String> added) {
        Section changed = new Section(header);
        changed.children.putAll(children);
        gone.forEach(changed.children::remove);
        return changed.addAll(added);
    }

    /** A copy in which {@code child} takes the place of the one of its header. */
    public Section with(Section child) {
        Section changed = new Section(header);
        changed.children.putAll(children);
        return changed.put(child);
    }

    /** As FRR prints it, except that blocks do not end with {@code exit}. */
    public String print() {
        StringBuilder out = new StringBuilder();
        print(0, line -> out.append(line).append('\n'));
        return out.toString();
    }

    private void print(int depth, Consumer<String> out) {
        for (Section child : children.values()) {
            out.accept(" ".repeat(depth) + child.header);
            child.print(depth + 1, out);
        }
    }

    /** Reads what {@link #print} writes and what FRR's {@code show running-config} answers. */
    public static Section parse(String text) {
        Section root = root();
        List<Section> open = new ArrayList<>(List.of(root));
        List<Integer> depths = new ArrayList<>(List.of(-1));
        for (String raw : text.split("\n")) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("!") || isEnd(line)) {
                continue;
            }
            int depth = indent(raw);
            while (depths.get(depths.size() - 1) >= depth) {
                depths.remove(depths.size() - 1);
                open.remove(open.size() - 1);
            }
            open.add(open.get(open.size() - 1).section(line));
            depths.add(depth);
        }
        return root;
    }

    private static boolean isEnd(String line) {
        return line.equals("exit") || line.equals("end") || line.startsWith("exit-");
    }

    private static int indent(String line) {
        int depth = 0;
        while (depth < line.length() && line.charAt(depth) == ' ') {
            depth++;
        }
        return depth;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Section that && header.equals(that.header) && children.equals(that.children);
    }

    @Override
    public int hashCode() {
        return Objects.hash(header, children.keySet());
    }

    /** The header alone: lines may hold passwords. */
    @Override
    public String toString() {
        return "Section[" + children.size() + " lines]";
    }
}
