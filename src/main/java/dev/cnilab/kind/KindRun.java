package dev.cnilab.kind;

import dev.cnilab.host.Command;
import dev.cnilab.host.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A completed run of kind.
 *
 * @param exitCode 0 or 1
 * @param output its stderr, which has progress and errors
 */
record KindRun(int exitCode, String output) {

    /** The line of a completed step: {@code " ✓ Preparing nodes 📦 📦 "}. */
    private static final Pattern DONE = Pattern.compile("^ *✓ +(\\P{So}*)");

    /**
     * Runs kind and waits for its exit.
     *
     * @param progress receives each completed step, as kind prints it
     * @throws InterruptedIOException when the thread is interrupted; kind is killed
     */
    static KindRun of(Command command, Consumer<String> progress) throws IOException {
        Process process = inOwnSession(command).start();
        process.getOutputStream().close();
        StringBuilder output = new StringBuilder();
        Thread reader =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try (BufferedReader lines = reader(process)) {
                                lines.lines().forEach(line -> read(line, output, progress));
                            } catch (IOException e) {
                                // kind was killed while it printed.
                                return;
                            }
                        });
        try {
            int exitCode = process.waitFor();
            reader.join();
            return new KindRun(exitCode, output.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while kind runs");
        } finally {
            ProcessTree.kill(process);
        }
    }

    /**
     * Runs kind in a new session, so that it does not receive a terminal's Ctrl-C: lab handles it
     * and kills kind. Otherwise the exit of kind could be reported as a failure of kind.
     */
    private static Command inOwnSession(Command command) {
        List<String> argv = new ArrayList<>(List.of("setsid"));
        argv.addAll(command.argv());
        return Command.of(argv).withEnvironment(command.environment());
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    private static void read(String line, StringBuilder output, Consumer<String> progress) {
        output.append(line).append('\n');
        step(line).ifPresent(progress);
    }

    /** Parses the line of a completed step. */
    static Optional<String> step(String line) {
        Matcher done = DONE.matcher(line);
        return done.find() ? Optional.of(done.group(1).strip()) : Optional.empty();
    }
}
