package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess;
import dev.cnilab.kube.spdy.SpdySession;
import dev.cnilab.kube.spdy.SpdyStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Port forwarding over SPDY. The client opens two streams per connection (kubelet's portforward),
 * one for data and one for errors; {@code requestID} pairs them.
 */
final class PortForward {
    private final PodAccess access;
    private final Target target;
    private final SpdySession session;

    /** Streams whose pair is not opened yet, by requestID. */
    private final Map<String, SpdyStream> halves = new HashMap<>();

    PortForward(PodAccess access, Target target, SpdySession session) {
        this.access = access;
        this.target = target;
        this.session = session;
    }

    /** Forwards until the client disconnects. */
    void run() throws IOException, InterruptedException {
        session.run(this::opened);
    }

    private void opened(SpdyStream stream) {
        SpdyStream other = halves.remove(stream.header("requestid"));
        if (other == null) {
            halves.put(stream.header("requestid"), stream);
            return;
        }
        SpdyStream data = stream.header("streamtype").equals("data") ? stream : other;
        SpdyStream error = data == stream ? other : stream;
        Thread.ofPlatform().daemon().name("port-forward").start(() -> forward(data, error));
    }

    /** Connects, and returns when both sides have closed. */
    private void forward(SpdyStream data, SpdyStream error) {
        String port = data.header("port");
        try (Socket socket = connect(port)) {
            Thread answers = Thread.ofPlatform().daemon().start(() -> answers(socket, data));
            for (Optional<byte[]> piece = data.receive();
                    piece.isPresent();
                    piece = data.receive()) {
                socket.getOutputStream().write(piece.get());
            }
            socket.shutdownOutput();
            answers.join();
        } catch (IOException | ApiException e) {
            tell(
                    error,
                    "error forwarding port %s to pod %s: %s"
                            .formatted(port, target.name(), e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finish(data);
            finish(error);
        }
    }

    private Socket connect(String port) throws IOException {
        try {
            return access.connect(target.namespace(), target.name(), Integer.parseInt(port));
        } catch (IllegalArgumentException e) {
            throw new IOException("not a port", e);
        }
    }

    private static void answers(Socket socket, SpdyStream data) {
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                data.send(buffer, n);
            }
        } catch (IOException e) {
            // One side is gone: the other sees the stream's end.
        } finally {
            finish(data);
        }
    }

    private static void tell(SpdyStream error, String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            error.send(bytes, bytes.length);
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private static void finish(SpdyStream stream) {
        try {
            stream.finish();
        } catch (IOException e) {
            // The client is gone.
        }
    }
}
