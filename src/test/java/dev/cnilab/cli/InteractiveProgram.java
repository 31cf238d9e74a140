package dev.cnilab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program driven like expect(1): waits for output before it sends the next input. */
final class InteractiveProgram implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofMinutes(3);

    private final Process process;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** The length of the output that was awaited already. */
    private int seen;

    InteractiveProgram(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(() -> collect(process.getInputStream()));
    }

    private void collect(InputStream stream) {
        try {
            stream.transferTo(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    /** Sends these keys. */
    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /**
     * Waits for text in the output after the last match.
     *
     * @return the output up to its end
     */
    String await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (true) {
            String all = printed.toString(UTF_8);
            int at = all.indexOf(text, seen);
            if (at >= 0) {
                String part = all.substring(seen, at + text.length());
                seen = at + text.length();
                return part;
            }
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError("no '" + text + "' in:\n" + all.substring(seen));
            }
            Thread.sleep(50);
        }
    }

    /** Sends a line and waits for text. */
    String say(String line, String answer) throws IOException, InterruptedException {
        type(line + "\n");
        return await(answer);
    }

    /** Closes its input and waits for its exit. */
    int end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + printed.toString(UTF_8));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
