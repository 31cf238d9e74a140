package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A TCP echo server on one node's cni0, and a client on another node. */
final class BulkTransfer implements AutoCloseable {

    private static final int PORT = 7000;
    private static final int BUDGET = Math.toIntExact(Duration.ofSeconds(20).toMillis());

    private final ServerSocket server;
    private final Socket client;

    BulkTransfer(NodesOnBridge nodes, int from, int to) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(NodesOnBridge.subnet(to).host(1).toString(), PORT);
        server =
                nodes.namespace(to)
                        .call(() -> {
                            ServerSocket socket = new ServerSocket();
                            socket.bind(address);
                            return socket;
                        });
        client =
                nodes.namespace(from)
                        .call(() -> {
                            Socket socket = new Socket();
                            socket.connect(address, BUDGET);
                            socket.setSoTimeout(BUDGET);
                            return socket;
                        });
    }

    /**
     * Sends bytes and expects them back.
     *
     * @return the client's address as the server sees it
     */
    String echo(int bytes) throws IOException {
        byte[] sent = new byte[bytes];
        new Random(7).nextBytes(sent);
        try (Socket peer = server.accept()) {
            CompletableFuture<Void> writes = later(() -> client.getOutputStream().write(sent));
            CompletableFuture<Void> echoes =
                    later(() ->
                            peer.getOutputStream().write(peer.getInputStream().readNBytes(bytes)));
            assertThat(client.getInputStream().readNBytes(bytes)).isEqualTo(sent);
            CompletableFuture.allOf(writes, echoes).join();
            return peer.getInetAddress().getHostAddress();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }

    private interface Transfer {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> later(Transfer transfer) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        transfer.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofPlatform().start(task));
    }
}
