package dev.cnilab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks after each test class that no thread of this JVM is left in another network namespace,
 * where its connections would go.
 */
public final class StrayThreads implements AfterAllCallback {

    /** How long to wait for threads that are terminating. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Path PROCESS = Path.of("/proc/self");

    /** The threads' directories in /proc; reported once, at the class that left them. */
    private static final Set<Path> REPORTED = new HashSet<>();

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(GRACE);
        while (!stray().isEmpty() && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
        }
        Map<Path, String> stray = stray();
        REPORTED.addAll(stray.keySet());
        assertThat(stray.values()).as("threads in another network namespace").isEmpty();
    }

    /** The stray threads' directories and names. */
    private static Map<Path, String> stray() throws IOException {
        Path own = Files.readSymbolicLink(PROCESS.resolve("ns/net"));
        Map<Path, String> stray = new TreeMap<>();
        try (Stream<Path> threads = Files.list(PROCESS.resolve("task"))) {
            for (Path thread : threads.filter(each -> !REPORTED.contains(each)).toList()) {
                strayName(thread, own).ifPresent(name -> stray.put(thread, name));
            }
        }
        return stray;
    }

    private static Optional<String> strayName(Path thread, Path own) {
        try {
            boolean elsewhere = !Files.readSymbolicLink(thread.resolve("ns/net")).equals(own);
            String name = Files.readString(thread.resolve("comm")).strip();
            // A thread of the JVM that waits for a child process only.
            return elsewhere && !name.equals("process reaper")
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (IOException e) {
            // It has terminated.
            return Optional.empty();
        }
    }
}
