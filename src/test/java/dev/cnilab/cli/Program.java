package dev.cnilab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cnilab.cli.render.Console;
import dev.cnilab.cluster.Provider;
import dev.cnilab.lifecycle.StateHome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs the program in this JVM and captures its output.
 *
 * @param environment instead of the process's
 * @param providers empty, unless the command creates clusters
 */
record Program(Path state, Map<String, String> environment, List<Provider> providers) {

    /** The result of a run. */
    record Run(int exitCode, String out, String err) {}

    static Program in(Path state, Map<String, String> environment) {
        return new Program(state, environment, List.of());
    }

    Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode;
        try (PrintStream stdout = new PrintStream(out, true, UTF_8);
                PrintStream stderr = new PrintStream(err, true, UTF_8)) {
            exitCode =
                    line(stdout, stderr, Stream.of(arguments).findFirst())
                            .setOut(new PrintWriter(stdout, true, UTF_8))
                            .setErr(new PrintWriter(stderr, true, UTF_8))
                            .execute(arguments);
        }
        return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** The command line with all commands. */
    CommandLine line() {
        return line(System.out, System.err, Optional.empty());
    }

    private CommandLine line(PrintStream out, PrintStream err, Optional<String> first) {
        Console console = new Console(out, err, false, false);
        return Lab.commandLine(
                new Context(
                        console,
                        environment,
                        new StateHome(state),
                        Wiring.preflight(environment, state),
                        providers),
                first);
    }
}
