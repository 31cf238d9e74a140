package dev.cnilab.cli.render;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * The program's streams: data to {@code out}, everything else to {@code err}.
 *
 * @param in the input of commands that it runs for the user
 * @param live whether stderr is a terminal that can move its cursor
 * @param colors whether text may be coloured
 */
public record Console(
        InputStream in, PrintStream out, PrintStream err, boolean live, boolean colors) {

    /** A console without input. */
    public Console(PrintStream out, PrintStream err, boolean live, boolean colors) {
        this(InputStream.nullInputStream(), out, err, live, colors);
    }

    /** Whether both stdin and stdout are terminals. */
    public static boolean isTerminal() {
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
    }

    /** Detects the terminal's abilities and the variables that disable them. */
    public static Console of(Map<String, String> environment) {
        boolean capable =
                isTerminal()
                        && !"dumb".equals(environment.get("TERM"))
                        && !environment.containsKey("CI");
        return new Console(
                System.in,
                System.out,
                System.err,
                capable,
                capable && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** Text styles by meaning. */
    public enum Style {
        GOOD("32"),
        BAD("31"),
        WARN("33"),
        FAINT("2"),
        STRONG("1"),
        MATTERS("1;36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    public String style(Style style, String text) {
        return colors ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }
}
