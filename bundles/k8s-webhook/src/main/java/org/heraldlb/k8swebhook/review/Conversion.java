package org.heraldlb.k8swebhook.review;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code BGPPeer} between {@code metallb.io/v1beta1} and {@code v1beta2}. The older version lacks fields; they are kept in an
 * annotation of the older form, so that whoever reads, edits and writes it back loses nothing. What the older form says
 * itself has precedence, but for a {@code false} that a schema put there.
 */
public final class Conversion {

    /** Holds the fields that v1beta1 lacks, as a JSON object. */
    static final String KEPT = "heraldlb.org/bgppeer-v1beta2";

    private static final String GROUP = "metallb.io/";
    private static final String OLD = GROUP + "v1beta1";
    private static final String NEW = GROUP + "v1beta2";

    /** What v1beta1 lacks, and the field of v1beta1 that speaks against bringing it back. */
    private static final Map<String, String> LATER = later();

    /** The newer schema sets them to false where they are absent; so does an older one that has them. */
    private static final Set<String> FALSE_BY_DEFAULT = Set.of("disableMP", "dualStackAddressFamily");

    private Conversion() {}

    private static Map<String, String> later() {
        Map<String, String> later = new LinkedHashMap<>();
        later.put("passwordSecret", "password");
        later.put("localASN", "");
        later.put("dynamicASN", "peerASN");
        later.put("interface", "peerAddress");
        later.put("connectTime", "");
        later.put("enableGracefulRestart", "");
        later.put("vrf", "");
        later.put("disableMP", "");
        later.put("dualStackAddressFamily", "");
        return later;
    }

    /** Answers a whole ConversionReview. */
    static Map<String, Object> answer(Map<String, Object> tree) throws Malformed {
        Reviews.expect(tree, "apiextensions.k8s.io/v1", "ConversionReview");
        Map<String, Object> request = Tree.object(tree, "request");
        String uid = Tree.text(request, "uid");
        if (uid.isEmpty() || !(request.get("objects") instanceof List<?> objects)) {
            throw new Malformed("request.uid or request.objects is missing");
        }
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("uid", uid);
        try {
            response.put("convertedObjects", converted(objects, Tree.text(request, "desiredAPIVersion")));
            response.put("result", Map.of("status", "Success"));
        } catch (Malformed refused) {
            response.put("convertedObjects", List.of());
            response.put("result", Map.of("status", "Failure", "message", String.valueOf(refused.getMessage())));
        }
        return Map.of("apiVersion", "apiextensions.k8s.io/v1", "kind", "ConversionReview", "response", response);
    }

    private static List<Object> converted(List<?> objects, String wanted) throws Malformed {
        List<Object> converted = new ArrayList<>();
        for (Object object : objects) {
            if (!(object instanceof Map<?, ?> fields)) {
                throw new Malformed("an object to convert is none");
            }
            Map<String, Object> copy = new LinkedHashMap<>();
            fields.forEach((key, value) -> copy.put(String.valueOf(key), value));
            converted.add(convert(copy, wanted));
        }
        return converted;
    }

    /** The object in the version in which the API server stores it, whichever one it was written in. */
    static Map<String, Object> stored(Map<String, Object> object) throws Malformed {
        boolean older = Tree.text(object, "apiVersion").equals(OLD)
                && Tree.text(object, "kind").equals("BGPPeer");
        return older ? convert(object, NEW) : object;
    }

    /** The peer in the wanted version; the same when it is of that version already. */
    static Map<String, Object> convert(Map<String, Object> peer, String wanted) throws Malformed {
        String from = Tree.text(peer, "apiVersion");
        boolean known = (from.equals(OLD) || from.equals(NEW)) && (wanted.equals(OLD) || wanted.equals(NEW));
        if (!known || !Tree.text(peer, "kind").equals("BGPPeer")) {
            throw new Malformed("only BGPPeer of metallb.io/v1beta1 and v1beta2 is converted, not "
                    + Tree.text(peer, "kind") + " from " + from + " to " + wanted);
        }
        Map<String, Object> copy = new LinkedHashMap<>(peer);
        copy.put("apiVersion", wanted);
        if (!from.equals(wanted)) {
            Map<String, Object> spec = new LinkedHashMap<>(Tree.object(peer, "spec"));
            Map<String, Object> metadata = new LinkedHashMap<>(Tree.object(peer, "metadata"));
            if (wanted.equals(OLD)) {
                lower(spec, metadata);
            } else {
                raise(spec, metadata);
            }
            copy.put("metadata", metadata);
            copy.put("spec", spec);
        }
        return copy;
    }

    private static void lower(Map<String, Object> spec, Map<String, Object> metadata) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (String field : LATER.keySet()) {
            if (isDefault(field, spec)) {
                spec.remove(field);
            } else if (spec.containsKey(field)) {
                kept.put(field, spec.remove(field));
            }
        }
        if (!kept.isEmpty()) {
            Map<String, Object> annotations = new LinkedHashMap<>(Tree.object(metadata, "annotations"));
            annotations.put(KEPT, new String(Tree.write(kept), StandardCharsets.UTF_8));
            metadata.put("annotations", annotations);
        }
    }

    private static void raise(Map<String, Object> spec, Map<String, Object> metadata) {
        Map<String, Object> annotations = new LinkedHashMap<>(Tree.object(metadata, "annotations"));
        if (annotations.remove(KEPT) instanceof String text) {
            kept(text).forEach((field, value) -> {
                boolean lost = LATER.containsKey(field) && !spec.containsKey(LATER.get(field));
                if (lost && (!spec.containsKey(field) || isDefault(field, spec))) {
                    spec.put(field, value);
                }
            });
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            } else {
                metadata.put("annotations", annotations);
            }
        }
        // Any port, in the older version; the newer one has no such value.
        if (spec.get("peerPort") instanceof Number port && port.intValue() == 0) {
            spec.remove("peerPort");
        }
    }

    private static boolean isDefault(String field, Map<String, Object> spec) {
        return FALSE_BY_DEFAULT.contains(field) && Boolean.FALSE.equals(spec.get(field));
    }

    /** What somebody made of the annotation; nothing when it makes no sense any more. */
    private static Map<String, Object> kept(String text) {
        try {
            return Tree.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (Malformed edited) {
            return Map.of();
        }
    }
}
