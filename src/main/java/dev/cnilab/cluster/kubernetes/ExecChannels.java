package dev.cnilab.cluster.kubernetes;

import dev.cnilab.cluster.FrameStream;
import dev.cnilab.cluster.RuntimeMessages;
import dev.cnilab.host.NotExecutableException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The output side of an exec: each message begins with the number of its channel, and the status on
 * the last one ends the command (k8s.io/apimachinery/pkg/util/remotecommand/constants.go).
 */
final class ExecChannels implements WebSocket.Listener {

    static final byte STDIN = 0;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;
    private static final byte STATUS = 3;

    /** Messages are requested while less than this many bytes wait for their reader. */
    private static final int BUFFER_SIZE = 1 << 20;

    static final int NORMAL_CLOSURE = 1000;

    private final String program;
    private final FrameStream stdout = new FrameStream(this::taken);
    private final FrameStream stderr = new FrameStream(this::taken);
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private int waiting;
    private Optional<WebSocket> paused = Optional.empty();

    /**
     * @param program named when it could not be executed
     */
    ExecChannels(String program) {
        this.program = program;
    }

    InputStream stdout() {
        return stdout;
    }

    InputStream stderr() {
        return stderr;
    }

    /**
     * Completes exceptionally with an {@link IOException} when the command did not run, or the
     * connection ended without its status.
     */
    CompletableFuture<Integer> exitCode() {
        return exitCode;
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer message) {
        if (message.hasRemaining()) {
            byte channel = message.get();
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            switch (channel) {
                case STDOUT -> add(stdout, bytes);
                case STDERR -> add(stderr, bytes);
                case STATUS -> {
                    status(bytes);
                    socket.sendClose(NORMAL_CLOSURE, "");
                }
                default -> {
                    // A channel of a later version of the protocol.
                }
            }
        }
        request(socket);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason) {
        socket.sendClose(NORMAL_CLOSURE, "");
        String why = reason == null || reason.isBlank() ? "" : ": " + reason;
        fail(
                new IOException(
                        "the API server closed the connection without an exit status (WebSocket code "
                                + code
                                + ")"
                                + why));
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        fail(new IOException("the connection to the API server was lost: " + error, error));
    }

    private void add(FrameStream stream, byte[] bytes) {
        synchronized (this) {
            waiting += bytes.length;
        }
        stream.add(bytes);
    }

    private synchronized void request(WebSocket socket) {
        if (waiting < BUFFER_SIZE) {
            socket.request();
        } else {
            paused = Optional.of(socket);
        }
    }

    private synchronized void taken(int length) {
        waiting -= length;
        if (waiting < BUFFER_SIZE) {
            paused.ifPresent(WebSocket::request);
            paused = Optional.empty();
        }
    }

    private void status(byte[] json) {
        Status status =
                Serialization.unmarshal(new String(json, StandardCharsets.UTF_8), Status.class);
        String message = Objects.requireNonNullElse(status.getMessage(), "no message");
        Optional<NotExecutableException> refused = RuntimeMessages.notExecutable(program, message);
        if ("Success".equals(status.getStatus())) {
            end(0);
        } else if (exitCode(status).isPresent()) {
            end(exitCode(status).get());
        } else if (refused.isPresent()) {
            stderr.add((refused.get().getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            end(refused.get().exitCode());
        } else {
            fail(new IOException(message));
        }
    }

    private static Optional<Integer> exitCode(Status status) {
        return Stream.ofNullable(status.getDetails())
                .map(StatusDetails::getCauses)
                .flatMap(causes -> Stream.ofNullable(causes).flatMap(each -> each.stream()))
                .filter(cause -> "ExitCode".equals(cause.getReason()))
                .map(StatusCause::getMessage)
                .map(Integer::valueOf)
                .findFirst();
    }

    private void end(int code) {
        exitCode.complete(code);
        endStreams();
    }

    private void fail(IOException why) {
        exitCode.completeExceptionally(why);
        endStreams();
    }

    private void endStreams() {
        stdout.end();
        stderr.end();
    }
}
