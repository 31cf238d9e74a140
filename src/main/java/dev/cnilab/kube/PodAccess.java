package dev.cnilab.kube;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Exec, logs and connections of pods, as the kubelet's streaming endpoints provide them. */
public interface PodAccess {
    /**
     * Starts a command in a running container.
     *
     * @param container null for the pod's only, or first, container
     * @param tty true to give the command a terminal; its stderr is then part of stdout
     * @throws ApiException 404 or 400 if the container does not exist or does not run
     * @throws IOException when the command cannot be started
     */
    Exec exec(
            String namespace,
            String pod,
            @Nullable String container,
            List<String> argv,
            boolean tty)
            throws IOException;

    /**
     * Opens a container's log. The stream ends at the log's end or, with {@code follow}, when the
     * container exits; closing the stream stops following.
     *
     * @param container null for the pod's only, or first, container
     * @throws ApiException 404 or 400 if the container does not exist or has not started
     */
    InputStream log(String namespace, String pod, @Nullable String container, LogOptions options)
            throws IOException;

    /**
     * Connects to a port of the pod on its loopback interface.
     *
     * @throws IOException when no process listens on it
     */
    Socket connect(String namespace, String pod, int port) throws IOException;

    /** A running command. Closing it kills its remaining processes. */
    interface Exec extends AutoCloseable {
        /** The command's input; the command reads end of file when it is closed. */
        OutputStream stdin();

        InputStream stdout();

        InputStream stderr();

        /** Sets the size of the command's terminal; ignored if it has none. */
        void resize(int columns, int rows);

        /** Waits for the command to exit. Returns its exit code, 128 + n after signal n. */
        int waitFor() throws InterruptedException;

        @Override
        void close();
    }

    /**
     * The query parameters of {@code pods/log}.
     *
     * @param previous the log of the container's previous run
     * @param timestamps each line prefixed with its RFC 3339 time
     * @param tailLines how many of the last lines
     * @param limitBytes maximum size in bytes
     * @param since only lines from this time on
     */
    record LogOptions(
            boolean follow,
            boolean previous,
            boolean timestamps,
            OptionalInt tailLines,
            OptionalLong limitBytes,
            @Nullable Instant since) {}
}
