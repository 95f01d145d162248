package org.heraldlb.k8swebhook.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON as trees of Map, List, String, Boolean and Number, and back. */
public final class Tree {

    private static final int DEEPEST = 100;

    private static final ObjectMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private Tree() {}

    /** The object that the text is. */
    public static Map<String, Object> read(byte[] json) throws Malformed {
        try {
            Map<String, Object> tree = MAPPER.readValue(json, OBJECT);
            if (tree == null) {
                throw new Malformed("null is no object");
            }
            return tree;
        } catch (JsonProcessingException broken) {
            // Not the message as it is: it quotes the text, which may be a password.
            var place = broken.getLocation();
            throw new Malformed("no JSON object"
                    + (place == null ? "" : ", line " + place.getLineNr() + " column " + place.getColumnNr()));
        } catch (IOException broken) {
            throw new Malformed("no JSON object");
        }
    }

    /** The tree as text. */
    public static byte[] write(Object tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The object under {@code key}; empty when there is none. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> found ? (Map<String, Object>) found : Map.of();
    }

    /** The text under {@code key}; empty when there is none. */
    public static String text(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof String found ? found : "";
    }
}
