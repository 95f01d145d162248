package org.heraldlb.manifest.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.manifest.tree.TreeException.Fault;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds trees of Map, List, String, Boolean, Long, BigInteger, Double and null from YAML events. Aliases share what
 * they stand for and are counted as copies of it; merge keys are honoured, as Kubernetes' tools do.
 */
final class YamlTree {

    /** Characters from which on a larger buffer pays: the scanner copies it for each refill inside a long scalar. */
    private static final int LARGE_TEXT = 1 << 16;

    private static final LoadSettings FAST = settings(1 << 10, false);
    private static final LoadSettings FAST_LARGE = settings(LARGE_TEXT, false);
    private static final LoadSettings MARKED = settings(1 << 10, true);
    /** Longer text is not read twice. */
    private static final int MOST_WORTH_MARKS = 1 << 20;

    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final String MERGE = "<<";

    private final Iterator<Event> events;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private int aliased;

    /** A finished node and how many nodes it stands for. */
    private record Anchored(Object node, int size) {}

    private YamlTree(String text, LoadSettings settings) {
        this.events = new Parse(settings).parseReader(new TextReader(text)).iterator();
    }

    /** The next event. What the library throws beside its own exceptions is its fault, and the document is refused for it. */
    private Event next() throws TreeException {
        try {
            return events.next();
        } catch (YamlEngineException refused) {
            throw refused;
        } catch (RuntimeException broken) {
            throw new TreeException(Fault.SYNTAX, 0, 0, "the YAML reader gave up: " + oneLine(broken.getMessage()));
        }
    }

    private static LoadSettings settings(int buffer, boolean marks) {
        return LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(buffer)
                .setUseMarks(marks)
                .build();
    }

    /** The scanner's work grows with the square of a line's length, and it does much for each line however short. */
    private static void checkLines(String text) throws TreeException {
        int line = 1;
        for (int at = 0; at < text.length(); line++) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            if (end - at > Limits.LINE) {
                throw new TreeException(Fault.TOO_LARGE, line, 1, "a line longer than " + Limits.LINE + " characters");
            }
            if (line > Limits.LINES) {
                throw new TreeException(Fault.TOO_LARGE, line, 1, "more than " + Limits.LINES + " lines");
            }
            at = end + 1;
        }
    }

    /**
     * The roots of all documents of {@code text}; null for an empty one. Marks cost as much as everything else, so only
     * text that is refused is read with them, once more.
     */
    static List<Object> read(String text) throws TreeException {
        checkLines(text);
        try {
            return read(text, text.length() < LARGE_TEXT ? FAST : FAST_LARGE);
        } catch (TreeException refused) {
            if (text.length() > MOST_WORTH_MARKS || refused.fault() == Fault.TOO_LARGE) {
                throw refused;
            }
        }
        return read(text, MARKED);
    }

    private static List<Object> read(String text, LoadSettings settings) throws TreeException {
        YamlTree tree = new YamlTree(text, settings);
        try {
            return tree.documents();
        } catch (MarkedYamlEngineException broken) {
            throw fault(Fault.SYNTAX, broken.getProblemMark().orElse(null), oneLine(broken.getProblem()));
        } catch (YamlEngineException broken) {
            throw new TreeException(Fault.SYNTAX, 0, 0, oneLine(broken.getMessage()));
        }
    }

    private List<Object> documents() throws TreeException {
        List<Object> roots = new ArrayList<>(1);
        for (Event event = next(); event.getEventId() != Event.ID.StreamEnd; event = next()) {
            switch (event.getEventId()) {
                case StreamStart, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    anchors.clear();
                    aliased = 0;
                }
                default -> roots.add(node(event, 0));
            }
        }
        return roots;
    }

    private Object node(Event event, int depth) throws TreeException {
        if (depth > Limits.DEPTH) {
            throw fault(Fault.TOO_DEEP, event, "maps and lists stand in each other at most " + Limits.DEPTH + " deep");
        }
        if (++nodes > Limits.NODES) {
            throw fault(Fault.TOO_LARGE, event, "more than " + Limits.NODES + " values");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        int before = nodes + aliased;
        Object node =
                switch (event.getEventId()) {
                    case Scalar -> scalar((ScalarEvent) event);
                    case SequenceStart -> list((CollectionStartEvent) event, depth);
                    case MappingStart -> map((CollectionStartEvent) event, depth);
                    default -> throw fault(Fault.SYNTAX, event, "unexpected " + event.getEventId());
                };
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, nodes + aliased - before + 1)));
        return node;
    }

    private Object alias(AliasEvent alias) throws TreeException {
        Anchored anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
            throw fault(Fault.SYNTAX, alias, "alias *" + alias.getAlias().getValue() + " has no anchor before it");
        }
        aliased += anchored.size();
        if (aliased > Limits.ALIASED_NODES) {
            throw fault(
                    Fault.TOO_MANY_ALIASES, alias, "aliases stand for more than " + Limits.ALIASED_NODES + " values");
        }
        return anchored.node();
    }

    private List<Object> list(CollectionStartEvent start, int depth) throws TreeException {
        requireTag(start, start.getTag().orElse(""), "seq");
        List<Object> list = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            list.add(node(event, depth + 1));
        }
        return list;
    }

    private Map<String, Object> map(CollectionStartEvent start, int depth) throws TreeException {
        requireTag(start, start.getTag().orElse(""), "map");
        Map<String, Object> map = new LinkedHashMap<>();
        List<Object> merged = new ArrayList<>(0);
        for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
            String name = key(key);
            Object value = node(next(), depth + 1);
            if (name.equals(MERGE) && ((ScalarEvent) key).isPlain()) {
                merged.add(value);
            } else if (map.containsKey(name)) {
                throw fault(Fault.DUPLICATE_KEY, key, "key \"" + name + "\" is there twice");
            } else {
                map.put(name, value);
            }
        }
        for (Object value : merged) {
            merge(start, map, value);
        }
        return map;
    }

    private static void merge(Event at, Map<String, Object> map, Object value) throws TreeException {
        List<?> sources = value instanceof List<?> list ? list : List.of(value == null ? "" : value);
        for (Object source : sources) {
            if (!(source instanceof Map<?, ?> other)) {
                throw fault(Fault.SYNTAX, at, "<< merges maps only");
            }
            other.forEach((name, merged) -> map.putIfAbsent((String) name, merged));
        }
    }

    private static String key(Event event) throws TreeException {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        throw fault(Fault.SYNTAX, event, "a key is plain text");
    }

    private static Object scalar(ScalarEvent scalar) throws TreeException {
        String tag = scalar.getTag().orElse("");
        if (tag.isEmpty()) {
            return scalar.isPlain() ? Scalars.plain(scalar.getValue()) : scalar.getValue();
        }
        return switch (tag) {
            case "!", CORE_TAG + "str", CORE_TAG + "timestamp" -> scalar.getValue();
            case CORE_TAG + "int", CORE_TAG + "float" -> Scalars.number(scalar.getValue());
            case CORE_TAG + "bool", CORE_TAG + "null" -> Scalars.plain(scalar.getValue());
            case CORE_TAG + "binary" -> binary(scalar);
            default -> throw fault(Fault.UNKNOWN_TAG, scalar, "tag " + tag + " means nothing here");
        };
    }

    private static String binary(ScalarEvent scalar) throws TreeException {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(scalar.getValue());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw fault(Fault.SYNTAX, scalar, "!!binary is not base64");
        }
    }

    private static void requireTag(Event event, String tag, String wanted) throws TreeException {
        if (!tag.isEmpty() && !tag.equals("!") && !tag.equals(CORE_TAG + wanted)) {
            throw fault(Fault.UNKNOWN_TAG, event, "tag " + tag + " means nothing here");
        }
    }

    private static TreeException fault(Fault fault, Event event, String message) {
        return fault(fault, event.getStartMark().orElse(null), message);
    }

    private static TreeException fault(Fault fault, Mark mark, String message) {
        if (mark == null) {
            return new TreeException(fault, 0, 0, message);
        }
        return new TreeException(fault, mark.getLine() + 1, mark.getColumn() + 1, message);
    }

    private static String oneLine(String text) {
        return text == null ? "not YAML" : text.lines().findFirst().orElse("not YAML");
    }
}
