package dev.cnilab.spec.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Nearest {

    /** Names that are longer are no typing errors. */
    private static final int LONGEST = 64;

    private Nearest() {}

    /** "did you mean 'x'?", or else all the words. */
    public static String hint(String typed, Collection<String> known) {
        return to(typed, known)
                .map(word -> "did you mean '" + word + "'?")
                .orElse("known: " + String.join(", ", known));
    }

    /** The known word with the least edits, at most a third of its letters. */
    static Optional<String> to(String typed, Collection<String> known) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> distance(typed, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> distance(typed, word)));
    }

    /** Levenshtein's distance; case is no difference. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                boolean same =
                        Character.toLowerCase(from.charAt(i - 1))
                                == Character.toLowerCase(to.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
