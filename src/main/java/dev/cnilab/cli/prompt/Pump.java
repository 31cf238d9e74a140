package dev.cnilab.cli.prompt;

import dev.cnilab.cluster.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** Passes on what a command prints, until it ends or the thread is interrupted. */
final class Pump {

    private static final Duration LOOK = Duration.ofHours(1);

    private Pump() {}

    /**
     * @param output takes both streams
     * @return the exit code
     * @throws InterruptedException when the thread is interrupted; the command is ended then
     */
    static int run(RunningCommand command, OutputStream output)
            throws IOException, InterruptedException {
        try (command) {
            Thread stdout = copying(command.stdout(), output);
            Thread stderr = copying(command.stderr(), output);
            try {
                OptionalInt exit = OptionalInt.empty();
                while (exit.isEmpty()) {
                    exit = command.waitFor(LOOK);
                }
                stdout.join();
                stderr.join();
                return exit.getAsInt();
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted");
                }
                throw e;
            }
        }
    }

    private static Thread copying(InputStream from, OutputStream to) {
        return Thread.ofPlatform().daemon().name("command-output").start(() -> copy(from, to));
    }

    private static void copy(InputStream from, OutputStream to) {
        try (from) {
            byte[] buffer = new byte[8192];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                synchronized (to) {
                    to.write(buffer, 0, n);
                    to.flush();
                }
            }
        } catch (IOException e) {
            // The command was ended, or nobody reads any more: there is no more to pass on.
        }
    }
}
