package dev.cnilab.cli;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ./lab}: the program as people start it, with its caches of loaded classes. Without them
 * each start, of which a lab makes dozens, takes twice the time.
 */
final class Launcher {

    private static final Duration PREPARATION = Duration.ofMinutes(8);

    /** Run once before it is used: the first run of a build says that it prepares a fast start. */
    private static final String FILE = prepared();

    private Launcher() {}

    /**
     * The program with these arguments. It hears Ctrl-C also where this JVM does not: a shell has
     * its background jobs ignore SIGINT, and all that they start.
     */
    static List<String> argv(String... args) {
        return Stream.concat(Stream.of("env", "--default-signal=INT", FILE), Stream.of(args))
                .toList();
    }

    private static String prepared() {
        String file = Path.of("lab").toAbsolutePath().toString();
        try {
            ExecResult result = Command.of(file, "version").run(PREPARATION);
            if (!result.ok()) {
                throw new IOException(result.describe());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
