package dev.cnilab.cli.render;

import dev.cnilab.cli.render.Console.Style;

/**
 * Makes text safe for a terminal. Text comes from clusters, captures and files of others, so no
 * character of it may move the cursor, change the terminal's state, or reorder or hide other text:
 * these are shown as JSON would escape them ({@code \u001b}), which keeps JSON valid.
 *
 * <p>Lab's own styles are noncharacters in the text (Unicode 23.7, reserved for a program's own
 * use) and become escape sequences here. One that comes from elsewhere can only color its text.
 */
public final class TerminalText {

    private static final char FIRST_STYLE = '\ufdd0';
    private static final char NO_STYLE = '\ufdef';
    private static final String RESET = "\u001b[0m";

    private TerminalText() {}

    /**
     * The text with line breaks and tabs as they are, and everything else unsafe escaped.
     *
     * @param colors whether styles become escape sequences; else they are removed
     */
    public static String of(String text, boolean colors) {
        if (text.codePoints().noneMatch(TerminalText::special)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        boolean styled = false;
        int[] codePoints = text.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            int codePoint = codePoints[i];
            boolean lineEnds = i + 1 < codePoints.length && codePoints[i + 1] == '\n';
            if (isMark(codePoint)) {
                styled = codePoint != NO_STYLE;
                safe.append(colors ? sequence(codePoint) : "");
            } else if (unsafe(codePoint) && !(codePoint == '\r' && lineEnds)) {
                escape(codePoint, safe);
            } else {
                safe.appendCodePoint(codePoint);
            }
        }
        if (styled && colors) {
            safe.append(RESET);
        }
        return safe.toString();
    }

    /** The text on one line: for names and cells, which could otherwise add lines to the output. */
    public static String line(String text) {
        if (text.codePoints().noneMatch(c -> unsafe(c) || c == '\n' || c == '\t')) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(codePoint -> {
                    if (unsafe(codePoint) || codePoint == '\n' || codePoint == '\t') {
                        escape(codePoint, line);
                    } else {
                        line.appendCodePoint(codePoint);
                    }
                });
        return line.toString();
    }

    static String styled(Style style, String text) {
        return (char) (FIRST_STYLE + style.ordinal()) + text + NO_STYLE;
    }

    /** The text without the marks of styles, which take no columns. */
    static String withoutStyles(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isMark(c)).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean special(int codePoint) {
        return unsafe(codePoint) || isMark(codePoint);
    }

    private static boolean isMark(int codePoint) {
        return codePoint == NO_STYLE
                || codePoint >= FIRST_STYLE && codePoint < FIRST_STYLE + Style.values().length;
    }

    private static String sequence(int mark) {
        return mark == NO_STYLE
                ? RESET
                : "\u001b[" + Style.values()[mark - FIRST_STYLE].code() + "m";
    }

    /**
     * C0 and C1 controls except line feed and tab; format characters, among them all that change
     * the direction of text; line and paragraph separators; halves of surrogate pairs.
     */
    private static boolean unsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint != '\n' && codePoint != '\t';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }

    private static void escape(int codePoint, StringBuilder into) {
        for (char each : Character.toChars(codePoint)) {
            into.append(String.format("\\u%04x", (int) each));
        }
    }
}
