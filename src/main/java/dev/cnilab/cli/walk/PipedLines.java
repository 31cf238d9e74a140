package dev.cnilab.cli.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads lines from a file or a pipe, and echoes them so that the output reads like a session. */
public final class PipedLines implements LineSource {

    private final BufferedReader reader;
    private final Screen screen;

    public PipedLines(InputStream input, Screen screen) {
        this.reader = new BufferedReader(new InputStreamReader(input, UTF_8));
        this.screen = screen;
    }

    @Override
    public Optional<String> next(String prompt) {
        try {
            Optional<String> line = Optional.ofNullable(reader.readLine());
            line.ifPresent(text -> screen.line("\n" + prompt + text));
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean interruptibly(Request request) throws IOException, InterruptedException {
        return request.perform();
    }
}
