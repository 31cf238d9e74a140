package dev.cnilab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/**
 * What Ctrl-C and SIGTERM do to a command: it is interrupted, and the program ends when the command
 * has put things in order. The exit status is then the signal's, 128 and its number.
 */
final class Interruption {

    private Interruption() {}

    /** Runs the command on the calling thread. */
    static int during(IntSupplier command) {
        Thread runner = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    // The JVM's own work at the exit may not be interrupted: it
                                    // waits for the process that writes the AOT cache.
                                    if (ended.getCount() > 0) {
                                        runner.interrupt();
                                        awaitEnd(ended);
                                    }
                                },
                                "interruption"));
        try {
            return command.getAsInt();
        } finally {
            ended.countDown();
        }
    }

    private static void awaitEnd(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
