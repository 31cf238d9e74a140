package dev.cnilab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program that is talked to: what it prints is waited for before it is told the next thing. */
final class Dialogue implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofMinutes(3);

    private final Process process;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** How much of what was printed has been waited for. */
    private int seen;

    Dialogue(Process process) {
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

    /** Types that, as it is. */
    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /**
     * Waits until that is printed, after what was waited for before.
     *
     * @return what was printed up to its end
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

    /** Types that line, and waits. */
    String say(String line, String answer) throws IOException, InterruptedException {
        type(line + "\n");
        return await(answer);
    }

    /** Ends what it is told, and waits for the program's end. */
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
