package dev.cnilab.cluster;

import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects a command's output and exit code. */
public final class CommandOutput {

    private CommandOutput() {}

    /**
     * Waits for the command to exit; kills it on timeout.
     *
     * @throws InterruptedIOException on timeout
     */
    public static ExecResult of(RunningCommand command, List<String> argv, Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (command) {
            FutureTask<String> stdout = reading(command.stdout(), "stdout");
            FutureTask<String> stderr = reading(command.stderr(), "stderr");
            OptionalInt exit = command.waitFor(timeout);
            if (exit.isEmpty()) {
                throw late(argv, timeout);
            }
            // A background process of the command may hold the streams open: wait until the timeout
            // only.
            return new ExecResult(
                    argv,
                    exit.getAsInt(),
                    text(stdout, deadline, argv, timeout),
                    text(stderr, deadline, argv, timeout));
        }
    }

    private static FutureTask<String> reading(InputStream stream, String name) {
        FutureTask<String> task =
                new FutureTask<>(() -> new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("command-" + name).start(task);
        return task;
    }

    private static String text(
            FutureTask<String> reader, long deadline, List<String> argv, Duration timeout)
            throws IOException {
        try {
            return reader.get(
                    Math.max(1, (deadline - System.nanoTime()) / 1_000_000), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw late(argv, timeout);
        } catch (ExecutionException e) {
            throw new IOException("reading the output of '" + String.join(" ", argv) + "'", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a command's output");
        }
    }

    private static InterruptedIOException late(List<String> argv, Duration timeout) {
        return new InterruptedIOException(
                "'%s' did not end within %d ms"
                        .formatted(String.join(" ", argv), timeout.toMillis()));
    }
}
