package dev.cnilab.kind.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Scanner;

/** Serves fixed HTTP responses by path on a Unix socket. */
public final class EngineSocket implements AutoCloseable {

    private final ServerSocketChannel listener;
    private final Map<String, String> answers;

    private EngineSocket(ServerSocketChannel listener, Map<String, String> answers) {
        this.listener = listener;
        this.answers = answers;
    }

    public static EngineSocket listen(Path path, Map<String, String> answers) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        EngineSocket socket = new EngineSocket(listener, answers);
        Thread.ofPlatform().daemon().start(socket::serve);
        return socket;
    }

    private void serve() {
        while (true) {
            try (SocketChannel client = listener.accept()) {
                Scanner request =
                        new Scanner(Channels.newInputStream(client), StandardCharsets.US_ASCII);
                String path = request.nextLine().split(" ")[1];
                String answer = answers.getOrDefault(path, "HTTP/1.0 404 Not Found\r\n\r\n");
                Channels.newOutputStream(client).write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
