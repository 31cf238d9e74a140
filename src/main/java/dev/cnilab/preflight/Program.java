package dev.cnilab.preflight;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.SearchPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks for a program that provider kind runs.
 *
 * @param name or its path
 * @param meaning consequence of its absence
 * @param remedy how to install it
 */
public record Program(String name, SearchPath programs, String meaning, String remedy)
        implements Inspection {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Override
    public Finding inspect() throws IOException {
        Optional<Path> file = programs.find(name);
        if (file.isEmpty()) {
            return missing("no " + name + " in PATH=" + programs.value());
        }
        ExecResult version = Command.of(file.get().toString(), "--version").run(TIMEOUT);
        return version.ok()
                ? new Finding.Ok(file.get() + ": " + firstLine(version.stdout()))
                : missing(version.describe());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private Finding missing(String seen) {
        return new Finding.Missing(seen, meaning, remedy);
    }
}
