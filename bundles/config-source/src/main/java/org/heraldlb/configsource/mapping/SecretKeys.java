package org.heraldlb.configsource.mapping;

import java.util.Locale;

/** Which keys may hold something that nobody else should read. */
final class SecretKeys {

    private SecretKeys() {}

    static boolean mayHold(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.contains("pass")
                || lower.contains("pw")
                || lower.contains("secret")
                || lower.contains("md5")
                || lower.contains("authentication.key") && !lower.endsWith(".keyid");
    }
}
