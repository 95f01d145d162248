package org.heraldlb.filesource.directory;

import java.util.List;
import java.util.Locale;

/** Which file names hold documents. What editors and mounts leave beside them does not. */
public final class DocumentNames {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private DocumentNames() {}

    /**
     * True for names that end in {@code .yaml}, {@code .yml} or {@code .json} in any case and are neither hidden (a
     * leading dot: Vim's swap files, Emacs' lock links, a ConfigMap mount's {@code ..data}) nor Emacs' {@code #x#}.
     * Backups ({@code x.yaml~}, {@code x.yaml.bak}) and Vim's probe {@code 4913} have other endings.
     */
    public static boolean isDocument(String name) {
        if (name.startsWith(".") || name.startsWith("#") || name.startsWith("~")) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith);
    }
}
