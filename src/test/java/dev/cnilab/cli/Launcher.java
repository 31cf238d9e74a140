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
 * {@code ./lab}: the program as users start it, with its AOT cache. Without it each start, of which
 * a lab makes dozens, takes twice the time.
 */
final class Launcher {

    private static final Duration PREPARATION = Duration.ofMinutes(8);

    /** Run once before use, since the first run of a build prints that it creates the AOT cache. */
    private static final String FILE = prepared();

    private Launcher() {}

    /**
     * The command line of the program. Restores the default action of SIGINT, which background jobs
     * of a shell and their children ignore.
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
