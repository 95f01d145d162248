package org.heraldlb.manifest.read;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.manifest.Code;

/**
 * The extensions of an {@code L2Advertisement}: {@code spec.ownership} of {@code heraldlb.org/v1}, and annotations that
 * say the same where the kind is MetalLB's, whose definition in a cluster has no other fields than MetalLB's. A field is
 * called {@code conflictPolicy}, its annotation {@code heraldlb.org/conflict-policy}. Annotations of a document of our own
 * group are not read: it has the fields.
 */
final class OwnershipReader {

    private static final String PREFIX = Kinds.HERALD + "/";
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private OwnershipReader() {}

    static Ownership read(Source source, Fields spec) {
        if (source.extended()) {
            return spec.object("ownership")
                    .map(fields -> read(fields, UnaryOperator.identity()))
                    .orElse(Ownership.METALLB);
        }
        Map<String, Object> ours = annotations(source.meta().annotations());
        if (ours.isEmpty()) {
            return Ownership.METALLB;
        }
        Fields annotations = new Fields(spec.findings(), "metadata.annotations", ours, false);
        Ownership ownership = read(annotations, OwnershipReader::annotation);
        annotations.unknown((name, advice) -> spec.findings()
                .warning(
                        Code.IGNORED_FIELD,
                        annotations.path(name),
                        ours.get(name),
                        "annotation " + name + " means nothing on an L2Advertisement",
                        advice));
        return ownership;
    }

    private static Ownership read(Fields fields, UnaryOperator<String> spelled) {
        try (fields) {
            return new Ownership(
                    fields.choice(spelled.apply("mode"), Mode.class, PoolReader::spelling)
                            .orElse(Ownership.METALLB.mode()),
                    fields.bool(spelled.apply("sticky"), false),
                    fields.bool(spelled.apply("spread"), false),
                    fields.word(spelled.apply("antiAffinityGroup")),
                    fields.choice(spelled.apply("conflictPolicy"), ConflictPolicy.class, PoolReader::spelling)
                            .orElse(Ownership.METALLB.conflictPolicy()));
        }
    }

    private static String annotation(String field) {
        return PREFIX
                + CAPITAL.matcher(field).replaceAll(found -> "-" + found.group().toLowerCase(Locale.ROOT));
    }

    /** Annotations are always text; what says true or false is meant so. */
    private static Map<String, Object> annotations(Map<String, String> all) {
        Map<String, Object> ours = new HashMap<>();
        all.forEach((name, text) -> {
            if (name.startsWith(PREFIX)) {
                ours.put(name, text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text);
            }
        });
        return ours;
    }
}
