package org.heraldlb.configsource.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;

/** What the configurations stand for. Immutable; a configuration that turned bad keeps its last good object. */
public final class ConfigState {

    /**
     * One configuration as Config Admin has it.
     *
     * @param properties compared by equals; arrays in it only make it be read once more
     */
    public record Configured(ConfigKind kind, SortedMap<String, Object> properties) {
        public Configured {
            properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        }

        /** Without the values, which may be secret. */
        @Override
        public String toString() {
            return kind + " with keys " + properties.keySet();
        }
    }

    /**
     * What all of them stand for.
     *
     * @param objects no two of one identity, in the order of PIDs
     * @param problems sorted
     */
    public record Contents(List<ConfigObject> objects, List<Problem> problems) {
        public Contents {
            objects = List.copyOf(objects);
            problems = problems.stream().sorted().toList();
        }
    }

    private record Known(Configured configured, List<ConfigObject> objects, List<Problem> problems) {}

    private final ReadContext context;
    private final SortedMap<String, Known> byPid;

    private ConfigState(ReadContext context, SortedMap<String, Known> byPid) {
        this.context = context;
        this.byPid = byPid;
    }

    public static ConfigState empty(ReadContext context) {
        return new ConfigState(context, new TreeMap<>());
    }

    /** The state when exactly {@code configurations} exist, by PID. */
    public ConfigState with(Map<String, Configured> configurations) {
        SortedMap<String, Known> next = new TreeMap<>();
        configurations.forEach((pid, configured) -> {
            Known before = byPid.get(pid);
            boolean same = before != null && before.configured().equals(configured);
            next.put(pid, same ? before : read(pid, configured, before));
        });
        return new ConfigState(context, next);
    }

    private Known read(String pid, Configured configured, Known before) {
        Parsed parsed = Dictionaries.read(context, configured.kind(), pid, configured.properties());
        boolean keep = !parsed.isClean() && before != null;
        return new Known(configured, keep ? before.objects() : parsed.objects(), parsed.problems());
    }

    /** Of two objects of one identity the one whose PID comes first counts. */
    public Contents contents() {
        Map<ObjectRef, ConfigObject> byRef = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        byPid.forEach((pid, known) -> {
            problems.addAll(known.problems());
            for (ConfigObject object : known.objects()) {
                ConfigObject first = byRef.putIfAbsent(object.ref(), object);
                if (first != null) {
                    problems.add(duplicate(first, object));
                }
            }
        });
        return new Contents(new ArrayList<>(byRef.values()), problems);
    }

    private static Problem duplicate(ConfigObject winner, ConfigObject loser) {
        String subject = loser.ref().toString();
        String pid = loser.origin().document();
        return Problem.error(
                        "duplicateObject",
                        subject,
                        subject + " stands in " + winner.origin().document() + " and in " + pid
                                + "; the first by PID counts")
                .at(pid, "name", loser.name())
                .withFix("remove one of the two");
    }
}
