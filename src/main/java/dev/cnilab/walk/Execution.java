package dev.cnilab.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A command that runs on a thread of its own while its output is looked at. */
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
            // Its time was over: what it printed so far is what there is.
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the output has this text, the command has ended, or that time is over. */
    void awaitOutput(String text, Duration budget) throws InterruptedException {
        long deadline = System.nanoTime() + budget.toNanos();
        while (!output.text().contains(text) && thread.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
    }

    /**
     * Waits for the end, and ends the command when it takes longer.
     *
     * @return what it printed
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

    /** Written by the command's threads, read by the one that waits. */
    private static final class Output extends ByteArrayOutputStream {

        private void add(String text) {
            writeBytes(text.getBytes(UTF_8));
        }

        private String text() {
            return toString(UTF_8);
        }
    }
}
