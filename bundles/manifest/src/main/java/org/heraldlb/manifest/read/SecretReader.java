package org.heraldlb.manifest.read;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Secret;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.manifest.Code;

/** Core {@code Secret}. No value of it ever gets into a problem. */
final class SecretReader {

    private SecretReader() {}

    static ConfigObject read(Source source) {
        Fields root = source.root();
        Map<String, SecretValue> data = new HashMap<>();
        root.strings("data").forEach((key, value) -> decode(root, key, value, data));
        root.strings("stringData").forEach((key, value) -> data.put(key, new SecretValue(value)));
        return new Secret(source.ref(), source.origin(), root.word("type").orElse("Opaque"), data);
    }

    private static void decode(Fields root, String key, String value, Map<String, SecretValue> data) {
        try {
            byte[] bytes = Base64.getDecoder().decode(value.replaceAll("[\r\n]", ""));
            data.put(key, new SecretValue(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException notBase64) {
            root.findings()
                    .error(
                            Code.INVALID_SECRET,
                            root.path("data") + "[" + key + "]",
                            "",
                            "data." + key + " is not base64");
        }
    }
}
