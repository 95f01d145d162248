package org.heraldlb.configsource.mapping;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;

/** Reads configurations as if they were {@code heraldlb.org/v1} documents, and says what is wrong in terms of their keys. */
public final class Dictionaries {

    private static final List<String> BOOKKEEPING =
            List.of("service.", "felix.", "component.", "org.apache.", "org.osgi.", ".");
    private static final List<String> METADATA = List.of("name", "namespace", "labels", "annotations");
    private static final String FILE = "felix.fileinstall.filename";
    private static final String SPEC = "spec.";
    private static final String META = "metadata.";

    private Dictionaries() {}

    /**
     * The objects of one configuration, none or one, and its problems.
     *
     * @param context names the source
     * @param pid of the configuration; with its file it names the object, unless a key does
     * @param properties as Config Admin has them; bookkeeping of the container is passed over
     */
    public static Parsed read(ReadContext context, ConfigKind kind, String pid, Map<String, Object> properties) {
        List<Problem> problems = new ArrayList<>();
        Tree metadata = new Tree();
        Tree spec = new Tree();
        metadata.put("name", kind.nameOf(pid, String.valueOf(properties.getOrDefault(FILE, ""))));
        for (Map.Entry<String, Object> property : new TreeMap<>(properties).entrySet()) {
            String key = property.getKey();
            if (BOOKKEEPING.stream().noneMatch(key::startsWith)) {
                Tree tree = isMetadata(kind, key) ? metadata : spec;
                tree.put(key, property.getValue()).ifPresent(conflict -> problems.add(conflict(pid, key, conflict)));
            }
        }
        Parsed parsed = Documents.read(context, pid, document(kind, metadata, spec));
        parsed.problems().forEach(problem -> problems.add(inKeys(problem)));
        return new Parsed(problems.size() > parsed.problems().size() ? List.of() : parsed.objects(), problems);
    }

    private static boolean isMetadata(ConfigKind kind, String key) {
        String first = key.indexOf('.') < 0 ? key : key.substring(0, key.indexOf('.'));
        boolean fieldOfQuota = kind == ConfigKind.NAMESPACE_QUOTA && first.equals("namespace");
        return METADATA.contains(first) && !fieldOfQuota;
    }

    private static Map<String, Object> document(ConfigKind kind, Tree metadata, Tree spec) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", "heraldlb.org/v1");
        document.put("kind", kind.kind().text());
        document.put("metadata", metadata.toMap());
        document.put("spec", spec.toMap());
        return document;
    }

    private static Problem conflict(String pid, String key, String other) {
        return Problem.error(
                        "conflictingKeys", pid, "keys " + key + " and " + other + " of " + pid + " exclude each other")
                .at(pid, key, "");
    }

    /** The problem with the configuration's key where it had the document's path. */
    private static Problem inKeys(Problem problem) {
        Problem.Place place = problem.place();
        String path = place.path();
        String key = path.startsWith(SPEC) ? path.substring(SPEC.length()) : path;
        key = key.startsWith(META) ? key.substring(META.length()) : key;
        String text = path.isEmpty() ? problem.text() : problem.text().replace(path, key);
        // A misspelt password is an unknown key with a secret in it.
        String value = SecretKeys.mayHold(key) ? "" : place.value();
        return new Problem(problem.code(), problem.severity(), problem.subject(), text, place, problem.fix())
                .at(place.document(), key, value);
    }

    /** Texts trimmed and typed by the field's name, arrays and collections as lists; null for what says nothing. */
    static Object value(String field, Object raw) {
        if (raw instanceof String text) {
            return text.isBlank() ? null : FieldType.named(field).of(text.strip());
        }
        if (raw instanceof Collection<?> many) {
            return List.copyOf(many);
        }
        if (raw != null && raw.getClass().isArray()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(raw); i++) {
                list.add(Array.get(raw, i));
            }
            return list;
        }
        return raw instanceof Character letter ? letter.toString() : raw;
    }
}
