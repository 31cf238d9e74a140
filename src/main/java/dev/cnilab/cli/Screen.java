package dev.cnilab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.cli.Console.Style;
import dev.cnilab.walk.Asciicast;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a walk is shown: the console, and a recording, which always has colours. */
final class Screen {

    private static final Pattern STYLES = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Console console;
    private final Console coloured;
    private final int columns;
    private final Optional<Asciicast> cast;

    /**
     * @param columns that text is broken at
     */
    Screen(Console console, int columns, Optional<Asciicast> cast) {
        this.console = console;
        this.coloured = new Console(console.out(), console.err(), console.live(), true);
        this.columns = columns;
        this.cast = cast;
    }

    int columns() {
        return columns;
    }

    String style(Style style, String text) {
        return coloured.style(style, text);
    }

    /** Shows text, which {@link #style} may have styled. */
    void print(String text) {
        console.out().print(console.colors() ? text : STYLES.matcher(text).replaceAll(""));
        console.out().flush();
        record(text);
    }

    void line(String text) {
        print(text + "\n");
    }

    /** Records what the console shows already, as what was typed. */
    void record(String text) {
        try {
            if (cast.isPresent()) {
                cast.get().output(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives whoever watches the recording time to read. */
    void pause(Duration time) {
        cast.ifPresent(recording -> recording.pause(time));
    }

    /** Shows what is written to it, line by line; the last one when it is closed. */
    OutputStream stream() {
        return new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public synchronized void write(int octet) {
                line.write(octet);
                if (octet == '\n') {
                    show();
                }
            }

            @Override
            public synchronized void close() {
                if (line.size() > 0) {
                    line.write('\n');
                    show();
                }
            }

            private void show() {
                print(line.toString(UTF_8));
                line.reset();
            }
        };
    }
}
