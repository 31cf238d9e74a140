package dev.cnilab.embedded.kubelet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The log of a container, one file per run, in the format of Kubernetes' Container Runtime
 * Interface: {@code TIME stdout|stderr F LINE}. The last two runs are kept.
 *
 * @param directory {@code /var/log/pods/NAMESPACE_POD_UID/CONTAINER} of the node
 */
record ContainerLog(Path directory) {

    Path file(int run) {
        return directory.resolve(run + ".log");
    }

    /** Starts threads that write a process's output; they end with its streams. */
    List<Thread> record(Process process, int run) throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(file(run - 2));
        Files.deleteIfExists(LogFile.before(file(run - 2)));
        LogFile file = new LogFile(file(run), LogFile.DEFAULT_LARGEST);
        return List.of(
                copy(process.getInputStream(), "stdout", file),
                copy(process.getErrorStream(), "stderr", file));
    }

    private static Thread copy(InputStream stream, String name, LogFile file) {
        return Thread.ofPlatform()
                .daemon()
                .name("log-" + name)
                .start(() -> copyLines(stream, name, file));
    }

    private static void copyLines(InputStream stream, String name, LogFile file) {
        boolean full = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // On a full disk lines are dropped, but the pipe is still drained so that the
                // container can run.
                full = !write(file, name, line, full);
            }
        } catch (IOException closed) {
            return; // the container was killed while it printed
        }
    }

    private static boolean write(LogFile file, String name, String line, boolean full) {
        try {
            String lost = full ? now() + " " + name + " F (lines lost: no space)\n" : "";
            file.write(lost + now() + " " + name + " F " + line + "\n");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    }
}
