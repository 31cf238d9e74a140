package dev.cnilab.cni.http;

import dev.cnilab.net.http.HttpFormatException;
import dev.cnilab.net.http.HttpRequest;
import dev.cnilab.net.http.HttpResponse;
import dev.cnilab.net.http.RequestReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * HTTP/1.1 for programs of this machine, one request a connection: on a Unix socket that only its
 * owner can connect to, or on a port of the loopback interface, which every user can connect to.
 *
 * <p>Clients that do not complete their request cost little and keep no other waiting: their time,
 * their number and their size are limited, and the one that has waited longest is disconnected for
 * a new one. Where file descriptors or threads run out, clients wait, and accepting continues.
 */
public final class LocalServer implements AutoCloseable {

    /**
     * What a client may take.
     *
     * @param time to send the request, and again to receive the response
     * @param waiting the most clients whose request is incomplete
     * @param head the most bytes of request line and headers
     * @param body the most bytes of the body
     */
    record Limits(Duration time, int waiting, int head, int body) {}

    /** The kernel's limit for one variable, which may become a header, is 128 KiB. */
    static final Limits CNI = new Limits(Duration.ofSeconds(30), 128, 256 << 10, 1 << 20);

    static final Limits STATUS = new Limits(Duration.ofSeconds(30), 128, 8 << 10, 0);

    /** Connections that the kernel keeps until they are accepted, for bursts. */
    private static final int BACKLOG = 1024;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Optional<Path> path;
    private final ServerSocketChannel listener;
    private final Limits limits;
    private final Function<HttpRequest, HttpResponse> handler;
    private final ExecutorService requests;
    private final Deadlines deadlines;

    /** Clients whose request is incomplete, the oldest first. */
    private final SequencedSet<SocketChannel> waiting = new LinkedHashSet<>();

    private LocalServer(
            Optional<Path> path,
            ServerSocketChannel listener,
            String name,
            Limits limits,
            Function<HttpRequest, HttpResponse> handler) {
        this.path = path;
        this.listener = listener;
        this.limits = limits;
        this.handler = handler;
        this.requests =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        this.deadlines = new Deadlines(name);
    }

    /** Starts to accept. */
    private LocalServer serve(String threadName) {
        Thread.ofPlatform().daemon().name(threadName).start(this::accept);
        return this;
    }

    /**
     * Listens for requests with bodies, in the place of a server that died.
     *
     * @param handler called by many threads at once, in the process's network namespace
     */
    public static LocalServer start(Path path, Function<HttpRequest, HttpResponse> handler)
            throws IOException {
        return start(path, CNI, handler);
    }

    static LocalServer start(Path path, Limits limits, Function<HttpRequest, HttpResponse> handler)
            throws IOException {
        Files.createDirectories(
                path.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(fresh), BACKLOG);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            String name = "serve-" + path;
            return new LocalServer(Optional.of(path), listener, name, limits, handler).serve(name);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /**
     * Listens on 127.0.0.1 for requests without bodies.
     *
     * @param handler called by many threads at once, in the process's network namespace
     */
    public static LocalServer start(int port, Function<HttpRequest, HttpResponse> handler)
            throws IOException {
        return start(port, STATUS, handler);
    }

    static LocalServer start(int port, Limits limits, Function<HttpRequest, HttpResponse> handler)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
            String name = "serve-" + port;
            return new LocalServer(Optional.empty(), listener, name, limits, handler).serve(name);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw new IOException("port " + port + " of 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /** The address that it listens on. */
    SocketAddress address() throws IOException {
        return listener.getLocalAddress();
    }

    /** Accepts no more requests and waits for those that are complete. */
    @Override
    public void close() throws IOException {
        if (path.isPresent()) {
            Files.deleteIfExists(path.get());
        }
        listener.close();
        while (disconnectOldest()) {
            // Until none waits.
        }
        requests.close();
        deadlines.close();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                serve(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | OutOfMemoryError e) {
                // No descriptor or no thread is left; the oldest client may have to give them back.
                disconnectOldest();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void serve(SocketChannel client) throws IOException {
        boolean served = false;
        try {
            await(client);
            requests.execute(() -> answer(client));
            served = true;
        } catch (RejectedExecutionException e) {
            // The server is being closed.
        } finally {
            if (!served) {
                completed(client);
                client.close();
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client;
                InputStream in = new BufferedInputStream(Channels.newInputStream(client));
                OutputStream out = Channels.newOutputStream(client)) {
            Optional<HttpResponse> response = response(client, in, out);
            if (response.isPresent()) {
                try (Deadlines.Running _ = deadlines.start(limits.time(), client)) {
                    response.get().write(out);
                }
            }
        } catch (IOException e) {
            // The client is gone or was too slow; it will ask again.
        } finally {
            completed(client);
        }
    }

    private Optional<HttpResponse> response(SocketChannel client, InputStream in, OutputStream out)
            throws IOException {
        RequestReader reader = new RequestReader(in, out, limits.head(), limits.body());
        Optional<HttpRequest> request;
        try (Deadlines.Running _ = deadlines.start(limits.time(), client)) {
            request = reader.read();
        } catch (HttpFormatException e) {
            return Optional.of(HttpResponse.to(e));
        } finally {
            completed(client);
        }
        return request.map(handler);
    }

    /** Adds a client that waits; the oldest one has to go if there are too many. */
    private void await(SocketChannel client) {
        boolean full;
        synchronized (waiting) {
            full = waiting.size() >= limits.waiting();
            waiting.add(client);
        }
        if (full) {
            disconnectOldest();
        }
    }

    private void completed(SocketChannel client) {
        synchronized (waiting) {
            waiting.remove(client);
        }
    }

    /**
     * Disconnects the client that has waited longest.
     *
     * @return whether there was one
     */
    private boolean disconnectOldest() {
        Optional<SocketChannel> oldest;
        synchronized (waiting) {
            oldest = waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.removeFirst());
        }
        oldest.ifPresent(Deadlines::disconnect);
        return oldest.isPresent();
    }
}
