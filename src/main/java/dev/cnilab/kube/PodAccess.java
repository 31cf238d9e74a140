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

/** What the API asks of the node that a pod runs on: the kubelet's streaming endpoints. */
public interface PodAccess {
    /**
     * Starts a command in a container that runs.
     *
     * @param container null for the pod's only, or first, container
     * @param tty true where the command wants a terminal; its stderr is then part of stdout
     * @throws ApiException 404 or 400 where there is no such container or it does not run
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
     * Opens a container's log. The stream ends at the log's end or, followed, when the container
     * has ended; closing it ends a follower.
     *
     * @param container null for the pod's only, or first, container
     * @throws ApiException 404 or 400 where there is no such container or it has not started
     */
    InputStream log(String namespace, String pod, @Nullable String container, LogOptions options)
            throws IOException;

    /**
     * Connects to a port of the pod, as a process in it does.
     *
     * @throws IOException when nobody listens there
     */
    Socket connect(String namespace, String pod, int port) throws IOException;

    /** A running command. Closing it kills what still runs of it. */
    interface Exec extends AutoCloseable {
        /** The command's input; closing it is the command's end of file. */
        OutputStream stdin();

        InputStream stdout();

        InputStream stderr();

        /** Tells the command's terminal its size; nothing happens where it has none. */
        void resize(int columns, int rows);

        /** Waits for the command's end and gives its exit code, 128 + n after signal n. */
        int waitFor() throws InterruptedException;

        @Override
        void close();
    }

    /**
     * Which part of a log is wanted.
     *
     * @param previous of the container's run before the current one
     * @param timestamps each line led by its RFC 3339 time
     * @param tailLines only so many of the last lines
     * @param limitBytes no more bytes than this
     * @param since only lines from then on
     */
    record LogOptions(
            boolean follow,
            boolean previous,
            boolean timestamps,
            OptionalInt tailLines,
            OptionalLong limitBytes,
            @Nullable Instant since) {}
}
