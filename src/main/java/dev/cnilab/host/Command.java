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
 * A program to run on this machine: never a shell string.
 *
 * @param inherits whether it starts with this process's environment
 * @param environment added to that
 * @param output where stdout goes, with stderr, and is appended; empty for pipes that the caller
 *     reads
 */
public record Command(
        List<String> argv,
        boolean inherits,
        Map<String, String> environment,
        Optional<Path> output) {

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

    /** With these variables and no others. */
    public Command withOnly(Map<String, String> variables) {
        return new Command(argv, false, variables, output);
    }

    public Command withOutput(Path file) {
        return new Command(argv, inherits, environment, Optional.of(file));
    }

    /** Starts it as a child of this process, in the calling thread's namespaces. */
    public Process start() throws IOException {
        ProcessBuilder builder = builder();
        output.ifPresent(file ->
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile())));
        return builder.start();
    }

    private ProcessBuilder builder() {
        List<String> resolved = new ArrayList<>(argv);
        resolved.set(0, program());
        ProcessBuilder builder = new ProcessBuilder(resolved);
        if (!inherits) {
            builder.environment().clear();
        }
        builder.environment().putAll(environment);
        return builder;
    }

    /** ProcessBuilder searches this process's PATH, not the one that the program is given. */
    private String program() {
        String name = argv.getFirst();
        String path = environment.get("PATH");
        return path == null
                ? name
                : new SearchPath(path).find(name).map(Path::toString).orElse(name);
    }

    /**
     * Runs it to its end, with nothing on stdin.
     *
     * @throws InterruptedIOException when it does not end in that time, or the thread is
     *     interrupted; the process is gone then
     */
    public ExecResult run(Duration timeout) throws IOException {
        return await(argv, start(), timeout);
    }

    /**
     * Runs it to its end on this process's own stdin, stdout and stderr.
     *
     * @return its exit code; 128 + signal when one ended it
     */
    public int runInPlace() throws IOException {
        Process process = builder().inheritIO().start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    // From a terminal it has the signal already; one more does no harm.
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

    /** Collects the output of a process and waits for its end, as {@link #run} does. */
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
                                + "' did not end within "
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
                        // The process was ended while it printed: what it said is lost.
                        into.set("");
                    }
                });
    }
}
