package dev.cnilab.cli.text;

import org.jline.utils.WCWidth;

/**
 * Breaks text into lines of a terminal. Lines that start with a blank are kept as they are: tables
 * and code.
 */
public final class Paragraphs {

    private Paragraphs() {}

    /**
     * @param columns at least 20
     */
    public static String wrap(String text, int columns) {
        StringBuilder wrapped = new StringBuilder();
        text.strip()
                .lines()
                .forEach(line -> {
                    if (line.startsWith(" ")) {
                        wrapped.append(line).append('\n');
                    } else {
                        fill(line, columns, wrapped);
                    }
                });
        return wrapped.toString();
    }

    /** Columns that the text takes: Chinese characters take two. */
    public static int width(String text) {
        return text.codePoints().map(Paragraphs::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** At blanks; between wide characters a line may end anywhere. */
    private static void fill(String line, int columns, StringBuilder into) {
        int column = 0;
        int lineStart = into.length();
        int breakAt = -1;
        for (int codePoint : line.codePoints().toArray()) {
            boolean wide = width(codePoint) == 2;
            if (codePoint == ' ' || wide && !closing(codePoint)) {
                breakAt = into.length();
            }
            if (column + width(codePoint) > columns && breakAt > lineStart) {
                String rest = into.substring(breakAt).stripLeading();
                into.setLength(breakAt);
                into.append('\n').append(rest);
                lineStart = into.length() - rest.length();
                column = width(rest);
                breakAt = lineStart;
                if (codePoint == ' ') {
                    continue;
                }
            }
            into.appendCodePoint(codePoint);
            column += width(codePoint);
        }
        into.append('\n');
    }

    /** Chinese punctuation that may not start a line. */
    private static boolean closing(int codePoint) {
        return "，。；：、！？）」』》”’".indexOf(codePoint) >= 0;
    }
}
