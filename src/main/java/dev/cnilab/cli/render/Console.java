package dev.cnilab.cli.render;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * The program's output: data to {@code out}, everything else to {@code err}. What is printed is
 * made safe for a terminal ({@link TerminalText}); bytes that are written are not.
 *
 * @param in the input of commands that it runs for the user
 * @param live whether stderr is a terminal that can move its cursor
 * @param colors whether text may be coloured
 */
public record Console(
        InputStream in, PrintStream out, PrintStream err, boolean live, boolean colors) {

    private static final byte[] CLEAR_LINE = "\r\u001b[2K".getBytes(US_ASCII);

    /** A console without input. */
    public Console(PrintStream out, PrintStream err, boolean live, boolean colors) {
        this(InputStream.nullInputStream(), out, err, live, colors);
    }

    public Console {
        out = new TextOutput(out, colors);
        err = new TextOutput(err, colors);
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

        /** The parameter of SGR (ECMA-48, 8.3.117). */
        String code() {
            return code;
        }

        /** The text in this style, to be printed by a console, which may have no colors. */
        public String of(String text) {
            return TerminalText.styled(this, text);
        }
    }

    /** Clears the current line of stderr, if it can be. */
    void clearLine() {
        if (live) {
            err.writeBytes(CLEAR_LINE);
        }
    }
}
