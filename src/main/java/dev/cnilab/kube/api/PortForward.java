package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Joins what a client sends to connections to ports of a pod, whatever carries it. */
record PortForward(PodAccess access, Target target) {

    /** One stream of a client. One thread receives; any may send. */
    interface Stream {
        /** The next piece; empty once the client has finished or gone. */
        Optional<byte[]> receive() throws InterruptedException;

        void send(byte[] bytes, int length) throws IOException;

        /** Says that nothing more will be sent; repeatable. */
        void finish() throws IOException;
    }

    /**
     * Connects, and returns when both sides have ended.
     *
     * @param error is told what goes wrong
     */
    void forward(String port, Stream data, Stream error) {
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

    private static void answers(Socket socket, Stream data) {
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                data.send(buffer, n);
            }
        } catch (IOException e) {
            // One of both is gone: the other learns it by the stream's end.
        } finally {
            finish(data);
        }
    }

    private static void tell(Stream error, String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            error.send(bytes, bytes.length);
        } catch (IOException e) {
            // Nobody left to tell.
        }
    }

    private static void finish(Stream stream) {
        try {
            stream.finish();
        } catch (IOException e) {
            // Nobody left to tell.
        }
    }
}
