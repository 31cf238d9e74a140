package dev.cnilab.kind.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Relays a Unix socket to an engine's; closing it simulates an engine that has stopped. */
public final class EngineRelay implements AutoCloseable {

    private final Path path;
    private final Path engine;
    private final ServerSocketChannel listener;
    private final Queue<SocketChannel> open = new ConcurrentLinkedQueue<>();

    private EngineRelay(Path path, Path engine, ServerSocketChannel listener) {
        this.path = path;
        this.engine = engine;
        this.listener = listener;
    }

    public static EngineRelay listen(Path path, Path engine) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        EngineRelay relay = new EngineRelay(path, engine, listener);
        Thread.ofPlatform().daemon().start(relay::serve);
        return relay;
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                SocketChannel server = SocketChannel.open(UnixDomainSocketAddress.of(engine));
                open.add(client);
                open.add(server);
                Thread.ofPlatform().daemon().start(() -> pass(client, server));
                Thread.ofPlatform().daemon().start(() -> pass(server, client));
            }
        } catch (IOException e) {
            // The relay was closed.
            return;
        }
    }

    /** Copies one direction until its end. */
    private static void pass(SocketChannel from, SocketChannel to) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        try {
            while (from.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
                bytes.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has closed.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(path);
        for (SocketChannel channel : open) {
            channel.close();
        }
    }
}
