package dev.cnilab.cli.walk;

import dev.cnilab.cluster.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/** Passes on what a command prints, until it ends or the thread is interrupted. */
final class Pump {

    private static final Duration LOOK = Duration.ofHours(1);

    /**
     * What a command says on stderr at its end, as how many packets there were, is for after its
     * stdout; but nothing tells in which order it wrote to the two. So each piece of stderr gives
     * stdout so long to come to its end.
     */
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private Pump() {}

    /**
     * @param output takes both streams, what was said last on stderr after all of stdout
     * @return the exit code
     * @throws InterruptedException when the thread is interrupted; the command is ended then
     */
    static int run(RunningCommand command, OutputStream output)
            throws IOException, InterruptedException {
        try (command) {
            Thread stdout = copying(() -> copy(command.stdout(), output, () -> {}));
            Thread stderr =
                    copying(() -> copy(command.stderr(), output, () -> stdout.join(LAST_WORDS)));
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
            // The command was ended, or nobody reads any more: there is no more to pass on.
        }
    }
}
