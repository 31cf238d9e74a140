package dev.cnilab.cni.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/**
 * {@code curl --unix-socket PATH http://agent/healthz} answers 200 when the agent is ready, else
 * 503; {@code /status} answers its state as JSON. For the socket's owner only.
 */
final class StatusServer implements AutoCloseable {

    private final Path path;
    private final ServerSocketChannel listener;
    private final Supplier<AgentStatus> status;

    private StatusServer(Path path, ServerSocketChannel listener, Supplier<AgentStatus> status) {
        this.path = path;
        this.listener = listener;
        this.status = status;
    }

    /** Listens, in the place of an agent that died. */
    static StatusServer start(Path path, Supplier<AgentStatus> status) throws IOException {
        Files.createDirectories(path.getParent());
        Files.deleteIfExists(path);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        StatusServer server = new StatusServer(path, listener, status);
        Thread.ofPlatform().daemon().name("status").start(server::serve);
        return server;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        listener.close();
    }

    private void serve() {
        while (true) {
            try (SocketChannel client = listener.accept()) {
                answer(client);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException clientGone) {
                // It will ask again.
            }
        }
    }

    private void answer(SocketChannel client) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                Channels.newInputStream(client), StandardCharsets.US_ASCII));
        String request = in.readLine();
        for (String line = request; line != null && !line.isEmpty(); line = in.readLine()) {
            // Headers change nothing here.
        }
        AgentStatus now = status.get();
        String[] words = request == null ? new String[0] : request.split(" ");
        switch (words.length == 3 && words[0].equals("GET") ? words[1] : "") {
            case "/healthz" ->
                    respond(
                            client,
                            now.ready() ? "200 OK" : "503 Not Ready",
                            "text/plain",
                            now.ready() ? "ok\n" : "not ready\n");
            case "/status" -> respond(client, "200 OK", "application/json", now.toJson());
            default -> respond(client, "404 Not Found", "text/plain", "GET /healthz or /status\n");
        }
    }

    private static void respond(SocketChannel client, String status, String type, String body)
            throws IOException {
        OutputStream out = Channels.newOutputStream(client);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(status, type, bytes.length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
    }
}
