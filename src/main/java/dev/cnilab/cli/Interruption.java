package dev.cnilab.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/**
 * Handles Ctrl-C and SIGTERM: interrupts the command, and ends the program when the command has
 * cleaned up. The exit status is 128 plus the signal's number.
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
                                    // Not during the JVM's shutdown, which waits for the process
                                    // that writes the AOT cache.
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
