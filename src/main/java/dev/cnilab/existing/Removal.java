package dev.cnilab.existing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The progress of a lab's removal from a cluster. Once begun it can only be continued, also by
 * another process, and the lab cannot be used.
 *
 * @param file the nodes that are done, one per line; exists since the removal began
 */
record Removal(Path file) {

    boolean begun() {
        return Files.exists(file);
    }

    void begin() throws IOException {
        write("");
    }

    /** Cancels a removal that has removed nothing yet: the lab can be used again. */
    void cancel() throws IOException {
        Files.deleteIfExists(file);
    }

    void done(String node) throws IOException {
        write(node + "\n");
    }

    List<String> done() throws IOException {
        return begun() ? Files.readAllLines(file) : List.of();
    }

    private void write(String text) throws IOException {
        Files.writeString(
                file,
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
    }
}
