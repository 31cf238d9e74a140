package dev.cnilab.walk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Runs a reader's commands on a lab. */
public interface Commands {

    /**
     * Runs a command and waits for its exit.
     *
     * @param output receives both of its streams
     * @return its exit code; 127 if the command does not exist
     * @throws InterruptedException when the thread is interrupted; the command has been killed
     */
    int run(List<String> words, OutputStream output) throws IOException, InterruptedException;

    /** Applies manifests. */
    void apply(String manifests) throws IOException;

    /** The current values of the fields that {@link #apply} would set. */
    String before(String manifests) throws IOException;

    /** Restores the values of {@link #before}; other fields are left unchanged. */
    void restore(String before) throws IOException;
}
