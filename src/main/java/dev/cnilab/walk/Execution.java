package dev.cnilab.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A command that runs on its own thread, with access to its output so far. */
final class Execution {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Output output = new Output();
    private final Thread thread;

    private Execution(Commands commands, List<String> words) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("walk-command")
                        .unstarted(() -> run(commands, words));
    }

    static Execution start(Commands commands, List<String> words) {
        Execution execution = new Execution(commands, words);
        execution.thread.start();
        return execution;
    }

    private void run(Commands commands, List<String> words) {
        try {
            commands.run(words, output);
        } catch (IOException e) {
            output.add(e.getMessage() + "\n");
        } catch (InterruptedException e) {
            // Timed out: the output is complete.
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the output contains the text, the command has exited, or the budget is spent. */
    void awaitOutput(String text, Duration budget) throws InterruptedException {
        long deadline = System.nanoTime() + budget.toNanos();
        while (!output.text().contains(text) && thread.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
    }

    /**
     * Waits for the command to exit; kills it on timeout.
     *
     * @return its output
     */
    String await(Duration budget) throws InterruptedException {
        try {
            thread.join(budget);
        } finally {
            thread.interrupt();
        }
        thread.join();
        return output.text();
    }

    /** Synchronized: written by the command's threads, read by the waiting one. */
    private static final class Output extends ByteArrayOutputStream {

        private void add(String text) {
            writeBytes(text.getBytes(UTF_8));
        }

        private String text() {
            return toString(UTF_8);
        }
    }
}
