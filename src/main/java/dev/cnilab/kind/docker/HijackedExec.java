package dev.cnilab.kind.docker;

import dev.cnilab.cluster.FrameStream;
import dev.cnilab.cluster.RuntimeMessages;
import dev.cnilab.host.NotExecutableException;
import dev.cnilab.net.http.ResponseHead;
import dev.cnilab.net.http.ResponseReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The streams of an exec over a hijacked connection (Docker Engine API, "Attach to a container":
 * Hijacking, Stream format). docker-java's cannot end a command's input: it never shuts the
 * connection's output down.
 */
final class HijackedExec implements AutoCloseable {

    private static final int STDERR = 2;
    private static final int HEAD_SIZE = 1 << 14;
    private static final int ERROR_SIZE = 1 << 16;

    /** What the engine writes as the first output of a command that it could not start. */
    private static final String REFUSED = "OCI runtime exec failed: ";

    private final SocketChannel connection;
    private final FrameStream stdout = new FrameStream();
    private final FrameStream stderr = new FrameStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final String program;
    private volatile Optional<NotExecutableException> refused = Optional.empty();

    private HijackedExec(SocketChannel connection, String program) {
        this.connection = connection;
        this.program = program;
    }

    /**
     * Starts an exec that was created.
     *
     * @param exec its ID
     * @param program named when it could not be executed
     * @param stdin as {@link Containers#start} takes it
     */
    static HijackedExec start(Path engine, String exec, String program, Optional<InputStream> stdin)
            throws IOException {
        SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            connection.connect(UnixDomainSocketAddress.of(engine));
            OutputStream out = Channels.newOutputStream(connection);
            String body = "{\"Detach\":false,\"Tty\":false}";
            String head =
                    """
                    POST /exec/%s/start HTTP/1.1
                    Host: docker
                    Content-Type: application/json
                    Connection: Upgrade
                    Upgrade: tcp
                    Content-Length: %d

                    """
                            .formatted(exec, body.length())
                            .replace("\n", "\r\n");
            out.write((head + body).getBytes(StandardCharsets.US_ASCII));
            InputStream in = Channels.newInputStream(connection);
            requireHijacked(new ResponseReader(in, HEAD_SIZE, ERROR_SIZE));
            HijackedExec streams = new HijackedExec(connection, program);
            daemon("exec-output", () -> streams.receive(new DataInputStream(in)));
            stdin.ifPresent(input -> daemon("exec-stdin", () -> streams.send(input, out)));
            return streams;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private static void requireHijacked(ResponseReader reader) throws IOException {
        ResponseHead head =
                reader.head().orElseThrow(() -> new EOFException("Docker: the engine hung up"));
        if (head.status() != 101 && head.status() != 200) {
            throw new IOException(
                    "Docker: Status %d: %s"
                            .formatted(
                                    head.status(),
                                    new String(reader.body(head), StandardCharsets.UTF_8).strip()));
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    InputStream stdout() {
        return stdout;
    }

    InputStream stderr() {
        return stderr;
    }

    /** Waits for the end of both streams. Returns false on timeout. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why the program could not be executed, known at the streams' end; else empty. */
    Optional<NotExecutableException> refused() {
        return refused;
    }

    /** Each frame is preceded by its stream, three zero bytes, and its length. */
    private void receive(DataInputStream in) {
        try {
            boolean first = true;
            while (true) {
                int stream = in.readInt() >>> 24;
                byte[] chunk = in.readNBytes(in.readInt());
                String text = first ? new String(chunk, StandardCharsets.UTF_8) : "";
                if (text.startsWith(REFUSED)) {
                    refuse(text.strip());
                } else {
                    (stream == STDERR ? stderr : stdout).add(chunk);
                }
                first = false;
            }
        } catch (IOException e) {
            // The command has ended, or the engine was stopped: its state tells.
        } finally {
            end();
        }
    }

    private void refuse(String message) {
        refused = RuntimeMessages.notExecutable(program, message);
        String line = refused.map(NotExecutableException::getMessage).orElse(message) + "\n";
        stderr.add(line.getBytes(StandardCharsets.UTF_8));
    }

    private void send(InputStream input, OutputStream out) {
        try {
            byte[] buffer = new byte[8192];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                out.write(buffer, 0, count);
            }
            connection.shutdownOutput();
        } catch (IOException e) {
            // The command has ended: it needs no more input.
        }
    }

    private void end() {
        stdout.end();
        stderr.end();
        ended.countDown();
    }

    @Override
    public void close() throws IOException {
        connection.close();
        end();
    }
}
