package org.heraldlb.manifest.read;

import java.util.Collection;

/** Guesses what was meant. */
final class Spelling {

    private static final int LONGEST = 64;

    private Spelling() {}

    /** A sentence with the nearest of {@code known}, or with all of them when none is near. */
    static String advice(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        String best = "";
        int least = Math.max(2, word.length() / 3) + 1;
        for (String candidate : known.stream().sorted().toList()) {
            int distance = distance(word, candidate, least);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty()
                ? "known fields: " + String.join(", ", known.stream().sorted().toList())
                : "did you mean " + best + "?";
    }

    /** Edits between two words, letter case not counted. */
    private static int distance(String a, String b, int enough) {
        if (a.length() > LONGEST || Math.abs(a.length() - b.length()) >= enough) {
            return enough;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
