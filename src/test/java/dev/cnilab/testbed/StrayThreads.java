package dev.cnilab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test class, no thread of this Java VM may be in another network namespace: whatever it
 * connected to would be there too.
 */
public final class StrayThreads implements AfterAllCallback {

    /** Threads that are ending get that long. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Path PROCESS = Path.of("/proc/self");

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(GRACE);
        while (!stray().isEmpty() && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
        }
        assertThat(stray()).as("threads in another network namespace").isEmpty();
    }

    private static List<String> stray() throws IOException {
        Path own = Files.readSymbolicLink(PROCESS.resolve("ns/net"));
        try (Stream<Path> threads = Files.list(PROCESS.resolve("task"))) {
            return threads.flatMap(thread -> stray(thread, own).stream()).toList();
        }
    }

    private static Optional<String> stray(Path thread, Path own) {
        try {
            boolean elsewhere = !Files.readSymbolicLink(thread.resolve("ns/net")).equals(own);
            String name = Files.readString(thread.resolve("comm")).strip();
            // The JVM's own; it waits for a child's end, and does nothing else.
            return elsewhere && !name.equals("process reaper")
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (IOException e) {
            // It has ended.
            return Optional.empty();
        }
    }
}
