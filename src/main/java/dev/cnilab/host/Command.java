package dev.cnilab.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program to run on this machine: never a shell string.
 *
 * @param environment added to this process's own
 * @param output where stdout goes, with stderr, and is appended; empty for pipes that the caller
 *     reads
 */
public record Command(List<String> argv, Map<String, String> environment, Optional<Path> output) {

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    public static Command of(String... argv) {
        return new Command(List.of(argv), Map.of(), Optional.empty());
    }

    public static Command of(List<String> argv) {
        return new Command(argv, Map.of(), Optional.empty());
    }

    public Command withEnvironment(Map<String, String> added) {
        return new Command(argv, added, output);
    }

    public Command withOutput(Path file) {
        return new Command(argv, environment, Optional.of(file));
    }

    /** Starts it as a child of this process, in the calling thread's namespaces. */
    public Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(environment);
        output.ifPresent(file ->
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile())));
        return builder.start();
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
        return Thread.ofVirtual()
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
