package org.heraldlb.manifest.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.ReadContext;

/** Reads one document, or the items of one list document. */
public final class TreeReader {

    private static final String LIST = "List";
    private static final int MOST_PROBLEMS = 1000;

    private final ReadContext context;
    private final List<ConfigObject> objects;
    private final List<Problem> problems;

    /** Results go to the ends of {@code objects} and {@code problems}. */
    public TreeReader(ReadContext context, List<ConfigObject> objects, List<Problem> problems) {
        this.context = context;
        this.objects = objects;
        this.problems = problems;
    }

    /** Reads {@code tree}; {@code document} names it in origins and problems. */
    public void read(String document, Object tree) {
        if (tree == null) {
            return;
        }
        if (tree instanceof Map<?, ?> root && isList(root)) {
            items(document, root);
        } else {
            one(document, "", tree);
        }
    }

    private static boolean isList(Map<?, ?> root) {
        return root.get("kind") instanceof String kind
                && kind.endsWith(LIST)
                && root.get("apiVersion") instanceof String
                && (root.get("items") instanceof List || !root.containsKey("items") && kind.equals(LIST));
    }

    /** Items of typed lists, such as {@code ServiceList}, may leave out what the list says already. */
    private void items(String document, Map<?, ?> root) {
        String kind = (String) root.get("kind");
        String itemKind = kind.substring(0, kind.length() - LIST.length());
        List<?> items = root.get("items") instanceof List<?> list ? list : List.of();
        for (int i = 0; i < items.size() && problems.size() <= MOST_PROBLEMS; i++) {
            Object item = items.get(i);
            if (!itemKind.isEmpty() && item instanceof Map<?, ?> fields && !fields.containsKey("kind")) {
                Map<Object, Object> typed = new java.util.LinkedHashMap<>(fields);
                typed.put("kind", itemKind);
                typed.putIfAbsent("apiVersion", root.get("apiVersion"));
                item = typed;
            }
            one(document, "items[" + i + "]", item);
        }
    }

    private void one(String document, String path, Object tree) {
        Findings findings = new Findings(path.isEmpty() ? document : document + "." + path);
        if (tree instanceof Map<?, ?> root) {
            Optional<ConfigObject> object = object(findings, root);
            if (!findings.refused()) {
                object.ifPresent(objects::add);
            }
        } else {
            findings.error(Code.NOT_AN_OBJECT, "", tree, "a document is an object with apiVersion, kind and metadata");
        }
        problems.addAll(findings.problems());
    }

    private Optional<ConfigObject> object(Findings findings, Map<?, ?> root) {
        Fields header = new Fields(findings, "", root, false);
        Optional<String> apiVersion = header.required("apiVersion", "a document says of which version it is");
        Optional<String> kind = header.required("kind", "a document says of which kind it is");
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        Optional<Kinds.Definition> definition = Kinds.of(apiVersion.get(), kind.get());
        if (definition.isEmpty()) {
            unknown(header, apiVersion.get(), kind.get());
            return Optional.empty();
        }
        return read(definition.get(), findings, root);
    }

    private static void unknown(Fields header, String apiVersion, String kind) {
        String group = Kinds.ourGroup(apiVersion);
        if (group.isEmpty() || Kinds.isStatus(apiVersion, kind)) {
            return;
        }
        Set<String> versions = Kinds.versions(group, kind);
        if (versions.isEmpty()) {
            header.findings()
                    .error(
                            Code.UNKNOWN_KIND,
                            "kind",
                            kind,
                            "unknown kind " + kind + " of " + apiVersion,
                            Spelling.advice(kind, Kinds.names(group)).replace("fields", "kinds"));
        } else {
            header.findings()
                    .error(
                            Code.UNKNOWN_VERSION,
                            "apiVersion",
                            apiVersion,
                            "unknown version " + apiVersion + " of " + kind,
                            "write " + String.join(" or ", versions));
        }
    }

    private Optional<ConfigObject> read(Kinds.Definition definition, Findings findings, Map<?, ?> tree) {
        boolean ours = definition.ours();
        try (Fields root = new Fields(findings, "", tree, ours)) {
            root.ignore("apiVersion", "kind", "status");
            Optional<Meta> meta = Meta.read(root, definition.kind(), context, ours);
            boolean extended = definition.group().equals(Kinds.HERALD);
            if (meta.isPresent() && definition.group().equals(Kinds.METALLB)) {
                checkNamespace(findings, meta.get());
            }
            if (meta.isEmpty()) {
                root.ignore("spec");
                return Optional.empty();
            }
            Source source = new Source(root, meta.get(), context, definition.version(), extended);
            return Optional.ofNullable(definition.reader().apply(source));
        }
    }

    private void checkNamespace(Findings findings, Meta meta) {
        if (context.kubernetes() && !meta.namespace().equals(context.metallbNamespace())) {
            findings.error(
                    Code.WRONG_NAMESPACE,
                    "metadata.namespace",
                    meta.namespace(),
                    "resource must be created in " + context.metallbNamespace() + " namespace");
        }
    }
}
