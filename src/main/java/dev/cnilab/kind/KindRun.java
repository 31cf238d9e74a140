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
 * One run of kind, from start to end.
 *
 * @param exitCode kind's, 0 or 1
 * @param output all that it printed on stderr, where it reports
 */
record KindRun(int exitCode, String output) {

    /** What a step that is done ends in: {@code " ✓ Preparing nodes 📦 📦 "}. */
    private static final Pattern DONE = Pattern.compile("^ *✓ +(\\P{So}*)");

    /**
     * Runs it to its end.
     *
     * @param progress takes each step that is done, in kind's words
     * @throws InterruptedIOException when the thread is interrupted; kind is ended then
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
                                // It was ended while it printed.
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
     * A terminal sends Ctrl-C to all processes of its foreground group. In a session of its own
     * kind does not get it: this program is interrupted, and ends kind. Else kind's end would be
     * taken for a failure of kind whenever it is noticed first.
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

    /** The step that a line says is done. */
    static Optional<String> step(String line) {
        Matcher done = DONE.matcher(line);
        return done.find() ? Optional.of(done.group(1).strip()) : Optional.empty();
    }
}
