package dev.cnilab.walk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Does what a reader can do to a lab. */
public interface Commands {

    /**
     * Runs a command to its end.
     *
     * @param output takes what it prints on both of its streams, as it comes
     * @return its exit code; 127 when there is no such command
     * @throws InterruptedException when the thread is interrupted; the command has ended then
     */
    int run(List<String> words, OutputStream output) throws IOException, InterruptedException;

    /** Creates Kubernetes objects, or changes what the manifests say of them. */
    void apply(String manifests) throws IOException;

    /** What {@link #apply} would change, as it is now. */
    String before(String manifests) throws IOException;

    /** Makes exactly that as it was, whatever else was changed since. */
    void restore(String before) throws IOException;
}
