package dev.cnilab.cni.http;

import dev.cnilab.net.http.HttpFormatException;
import dev.cnilab.net.http.HttpRequest;
import dev.cnilab.net.http.HttpResponse;
import dev.cnilab.net.http.RequestReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * HTTP/1.1 for programs of this machine, one request a connection: on a Unix socket that only its
 * owner can connect to, or on a port of the loopback interface.
 */
public final class LocalServer implements AutoCloseable {

    /** The kernel's limit for one variable, which may become a header, is 128 KiB. */
    private static final int MAX_HEAD = 256 << 10;

    private static final int MAX_BODY = 1 << 20;

    private final Optional<Path> path;
    private final ServerSocketChannel listener;
    private final Function<HttpRequest, HttpResponse> handler;
    private final ExecutorService requests =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

    private LocalServer(
            Optional<Path> path,
            ServerSocketChannel listener,
            Function<HttpRequest, HttpResponse> handler) {
        this.path = path;
        this.listener = listener;
        this.handler = handler;
    }

    /**
     * Listens, in the place of a server that died.
     *
     * @param handler called by many threads at once, in the process's network namespace
     */
    public static LocalServer start(Path path, Function<HttpRequest, HttpResponse> handler)
            throws IOException {
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
            return new LocalServer(Optional.of(path), listener, handler).serve("serve-" + path);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /**
     * Listens on 127.0.0.1.
     *
     * @param handler called by many threads at once, in the process's network namespace
     */
    public static LocalServer start(int port, Function<HttpRequest, HttpResponse> handler)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return new LocalServer(Optional.empty(), listener, handler).serve("serve-" + port);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw new IOException("port " + port + " of 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private LocalServer serve(String threadName) {
        Thread.ofPlatform().daemon().name(threadName).start(this::accept);
        return this;
    }

    /** Takes no more requests and waits for those under way. */
    @Override
    public void close() throws IOException {
        if (path.isPresent()) {
            Files.deleteIfExists(path.get());
        }
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
            Optional<HttpResponse> answer = answer(new RequestReader(in, out, MAX_HEAD, MAX_BODY));
            if (answer.isPresent()) {
                answer.get().write(out);
            }
        } catch (IOException e) {
            // The client is gone; it will ask again.
        }
    }

    private Optional<HttpResponse> answer(RequestReader requests) throws IOException {
        try {
            return requests.read().map(handler);
        } catch (HttpFormatException e) {
            return Optional.of(HttpResponse.to(e));
        }
    }
}
