package dev.cnilab.existing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * How far the lab's removal from a cluster has come: once begun it is continued, also by another
 * process, and the lab is not used any more.
 *
 * @param file the nodes that hold nothing of the lab any more, a line each; exists since the
 *     removal was begun
 */
record Removal(Path file) {

    boolean begun() {
        return Files.exists(file);
    }

    void begin() throws IOException {
        write("");
    }

    /** Of a removal that has removed nothing yet: the lab can be used again. */
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
