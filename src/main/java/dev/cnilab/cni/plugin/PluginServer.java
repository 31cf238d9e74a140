package dev.cnilab.cni.plugin;

import dev.cnilab.cni.CniException;
import dev.cnilab.cni.CniVersion;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The plugin behind a Unix socket, in the agent's process: HTTP/1.1, one request a connection, the
 * variables {@code CNI_…} as headers {@code CNI-…}, stdin as the body. The answer's body is for
 * stdout; its status is 200, or 500 for an error.
 *
 * <p>The node is the network namespace of the process.
 */
public final class PluginServer implements AutoCloseable {

    /** Where the shim asks. */
    public static final Path SOCKET = Path.of("/run/lab-cni/agent.sock");

    /** Who asks here about the agent has its answer. */
    private static final Plugin.AgentCheck AGENT_ITSELF = () -> {};

    private final Path path;
    private final ServerSocketChannel listener;
    private final Plugin plugin;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

    private PluginServer(Path path, ServerSocketChannel listener, Plugin plugin) {
        this.path = path;
        this.listener = listener;
        this.plugin = plugin;
    }

    /** Listens, in the place of a server that died; only the socket's owner can connect. */
    public static PluginServer start(Path path) throws IOException {
        Files.createDirectories(
                path.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(fresh));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            PluginServer server = new PluginServer(path, listener, new Plugin(AGENT_ITSELF));
            Thread.ofPlatform().daemon().name("cni-server").start(server::accept);
            return server;
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /** Takes no more requests and waits for those under way. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        listener.close();
        requests.close();
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel client = listener.accept();
                requests.execute(() -> serve(client));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                InputStream in = new BufferedInputStream(Channels.newInputStream(client));
                OutputStream out = Channels.newOutputStream(client)) {
            Plugin.Reply reply;
            try {
                PluginCall call = PluginCall.read(in);
                reply = plugin.answer(call.environment(), call.stdin());
            } catch (CniException e) {
                reply = new Plugin.Reply(false, e.toJson(CniVersion.NEWEST));
            }
            respond(out, reply);
        } catch (IOException e) {
            // The client is gone; it will ask again, or delete what it asked for.
        }
    }

    private static void respond(OutputStream out, Plugin.Reply reply) throws IOException {
        byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                        .formatted(reply.ok() ? "200 OK" : "500 Failed", body.length);
        out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }
}
