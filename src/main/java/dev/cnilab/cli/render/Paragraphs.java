package dev.cnilab.cli.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** Wraps text for a terminal. Lines that start with a blank (tables, code) are left unchanged. */
public final class Paragraphs {

    private static final Pattern WORD = Pattern.compile("( *)([^ ]+)");

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

    /**
     * Wraps a line of a command's output at blanks, with a hanging indent. Blanks between words are
     * kept, so that tables keep their columns.
     *
     * @param columns of the terminal
     * @param indent of the following lines
     */
    public static String hang(String line, int columns, int indent) {
        StringBuilder broken = new StringBuilder();
        int column = 0;
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            String blanks = words.group(1);
            String word = words.group(2);
            if (column > indent && column + width(blanks + word) > columns) {
                broken.append('\n').append(" ".repeat(indent));
                column = indent;
            } else {
                broken.append(blanks);
                column += blanks.length();
            }
            broken.append(word);
            column += width(word);
        }
        return broken.toString();
    }

    /** The text's width in columns: Chinese characters take two, styles none. */
    public static int width(String text) {
        return TerminalText.withoutStyles(text).codePoints().map(Paragraphs::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** Wraps at blanks, and anywhere between wide characters. */
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

    /** Whether it is Chinese punctuation that may not start a line. */
    private static boolean closing(int codePoint) {
        return "，。；：、！？）」』》”’".indexOf(codePoint) >= 0;
    }
}
