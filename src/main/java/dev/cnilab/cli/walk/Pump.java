package dev.cnilab.cli.walk;

import dev.cnilab.cluster.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** Copies a command's output until it exits or the thread is interrupted. */
final class Pump {

    private static final Duration LOOK = Duration.ofHours(1);

    /**
     * How long each piece of stderr is held for the end of stdout: final messages, such as the
     * number of packets, belong after the output, but the order of writes to two streams is
     * unknown.
     */
    private static final Duration STDERR_DELAY = Duration.ofMillis(200);

    private Pump() {}

    /**
     * @param output receives both streams, the last of stderr after all of stdout
     * @return the exit code
     * @throws InterruptedException when the thread is interrupted; the command is killed
     */
    static int run(RunningCommand command, OutputStream output)
            throws IOException, InterruptedException {
        try (command) {
            Thread stdout = copying(() -> copy(command.stdout(), output, () -> {}));
            Thread stderr =
                    copying(() -> copy(command.stderr(), output, () -> stdout.join(STDERR_DELAY)));
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

    private static Thread copying(Runnable copy) {
        return Thread.ofPlatform().daemon().name("command-output").start(copy);
    }

    /** Something to wait for. */
    private interface Wait {
        void await() throws InterruptedException;
    }

    private static void copy(InputStream from, OutputStream to, Wait beforeEach) {
        try (from) {
            byte[] buffer = new byte[8192];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                beforeEach.await();
                synchronized (to) {
                    to.write(buffer, 0, n);
                    to.flush();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The command was killed, or the output closed: nothing more to copy.
        }
    }
}
