package dev.cnilab.cli;

import dev.cnilab.lifecycle.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Waits until an {@code up} has reached an action. */
final class JournalWatch {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private JournalWatch() {}

    static void awaitBegun(Path folder, String action, Process up)
            throws IOException, InterruptedException {
        Journal journal = Journal.in(folder);
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (journal.entries().stream().noneMatch(entry -> entry.action().equals(action))) {
            if (!up.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(
                        "up did not come to " + action + ", only to " + journal.entries());
            }
            Thread.sleep(2);
        }
    }
}
