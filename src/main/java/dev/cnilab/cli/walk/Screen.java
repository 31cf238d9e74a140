package dev.cnilab.cli.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.cli.render.Console;
import dev.cnilab.cli.render.Paragraphs;
import dev.cnilab.cli.render.TerminalText;
import dev.cnilab.walk.Asciicast;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** The output of a walkthrough: the console, and a recording, which always has colours. */
public final class Screen {

    /** Indent of wrapped lines, wider than the gutter. */
    private static final int INDENT = 4;

    private final Console console;
    private final int columns;
    private final boolean narrow;
    private final Optional<Asciicast> cast;

    /**
     * @param columns to wrap text at
     * @param narrow whether commands' output is wrapped, too: on terminals, not in pipes
     */
    public Screen(Console console, int columns, boolean narrow, Optional<Asciicast> cast) {
        this.console = console;
        this.columns = columns;
        this.narrow = narrow;
        this.cast = cast;
    }

    int columns() {
        return columns;
    }

    /** Prints text, possibly styled by {@link Console.Style#of}. */
    void print(String text) {
        console.out().print(text);
        console.out().flush();
        record(text);
    }

    public void line(String text) {
        print(text + "\n");
    }

    /** Prints a line of a command's output. */
    void output(String line) {
        line(narrow ? Paragraphs.hang(line, columns, INDENT) : line);
    }

    /** Adds text to the recording that the console shows already, such as typed input. */
    void record(String text) {
        try {
            if (cast.isPresent()) {
                cast.get().output(TerminalText.of(text, true));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a pause to the recording. */
    void pause(Duration time) {
        cast.ifPresent(recording -> recording.pause(time));
    }

    /** A stream that prints its input by line; the last one when it is closed. */
    OutputStream stream() {
        return new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public synchronized void write(int octet) {
                if (octet == '\n') {
                    show();
                } else {
                    line.write(octet);
                }
            }

            @Override
            public synchronized void close() {
                if (line.size() > 0) {
                    show();
                }
            }

            private void show() {
                output(line.toString(UTF_8));
                line.reset();
            }
        };
    }
}
