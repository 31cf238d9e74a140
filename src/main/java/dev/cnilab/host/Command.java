package dev.cnilab.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program to run on this machine, as an argument vector; no shell is involved.
 *
 * @param inherits whether the program inherits this process's environment
 * @param environment variables added to the inherited ones
 * @param output file to which stdout and stderr are appended; empty for pipes that the caller reads
 */
public record Command(
        List<String> argv,
        boolean inherits,
        Map<String, String> environment,
        Optional<Path> output) {

    /** The default of execvp(3). */
    private static final String PATH = "/bin:/usr/bin";

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    public static Command of(List<String> argv) {
        return new Command(argv, true, Map.of(), Optional.empty());
    }

    public Command withEnvironment(Map<String, String> added) {
        return new Command(argv, inherits, added, output);
    }

    /** Returns the command with these variables as its whole environment. */
    public Command withOnly(Map<String, String> variables) {
        return new Command(argv, false, variables, output);
    }

    public Command withOutput(Path file) {
        return new Command(argv, inherits, environment, Optional.of(file));
    }

    /**
     * Starts the program as a child of this process, in the calling thread's namespaces.
     *
     * @throws NotExecutableException when it does not exist or cannot be executed
     */
    public Process start() throws IOException {
        ProcessBuilder builder = builder();
        output.ifPresent(file ->
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile())));
        return builder.start();
    }

    private ProcessBuilder builder() throws NotExecutableException {
        List<String> resolved = new ArrayList<>(argv);
        resolved.set(0, program().toString());
        ProcessBuilder builder = new ProcessBuilder(resolved);
        if (!inherits) {
            builder.environment().clear();
        }
        builder.environment().putAll(environment);
        return builder;
    }

    /**
     * Resolves the program in the PATH that the command is given; ProcessBuilder would search this
     * process's PATH.
     */
    private Path program() throws NotExecutableException {
        String path = environment.getOrDefault("PATH", System.getenv().getOrDefault("PATH", PATH));
        return new SearchPath(path).require(argv.getFirst());
    }

    /**
     * Runs the program until it exits, with empty stdin.
     *
     * @throws InterruptedIOException when it does not exit within the timeout, or the thread is
     *     interrupted; the process is killed first
     */
    public ExecResult run(Duration timeout) throws IOException {
        return await(argv, start(), timeout);
    }

    /**
     * Runs the program until it exits, on this process's own stdin, stdout and stderr.
     *
     * @return its exit code; 128 + signal number when a signal killed it
     */
    public int runInPlace() throws IOException {
        Process process = builder().inheritIO().start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    // On a terminal, the program received the signal already; a second one is
                    // harmless.
                    interrupted = true;
                    process.destroy();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Collects the output of a process and waits until it exits, as {@link #run} does. */
    public static ExecResult await(List<String> argv, Process process, Duration timeout)
            throws IOException {
        process.getOutputStream().close();
        AtomicReference<String> stderr = new AtomicReference<>("");
        AtomicReference<String> stdout = new AtomicReference<>("");
        Thread errors = drain(process.getErrorStream(), stderr);
        Thread lines = drain(process.getInputStream(), stdout);
        try {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InterruptedIOException(
                        "'"
                                + String.join(" ", argv)
                                + "' did not exit within "
                                + timeout.toMillis()
                                + " ms");
            }
            lines.join();
            errors.join();
            return new ExecResult(argv, process.exitValue(), stdout.get(), stderr.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted in '" + String.join(" ", argv) + "'");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Thread drain(InputStream stream, AtomicReference<String> into) {
        return Thread.ofPlatform()
                .daemon()
                .name("drain")
                .start(() -> {
                    try (stream) {
                        into.set(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        // The process was killed while it printed: its output is incomplete and
                        // dropped.
                        into.set("");
                    }
                });
    }
}
