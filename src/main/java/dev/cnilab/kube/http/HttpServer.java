package dev.cnilab.kube.http;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 server over TLS on sockets that the caller has bound: one may listen on the machine's
 * loopback and another inside a node's network namespace. One thread per connection.
 */
public final class HttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

    private final SSLContext tls;
    private final Limits limits;
    private final Handler handler;
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Thread sweeper =
            Thread.ofPlatform().daemon().name("https-sweeper").unstarted(this::abortStalled);

    public HttpServer(SSLContext tls, Limits limits, Handler handler) {
        this.tls = tls;
        this.limits = limits;
        this.handler = handler;
    }

    /** Starts to accept on a bound socket; the server closes it. */
    public synchronized void listen(ServerSocket listener) {
        if (listeners.isEmpty()) {
            sweeper.start();
        }
        listeners.add(listener);
        Thread.ofPlatform()
                .daemon()
                .name("https-" + listener.getLocalPort())
                .start(() -> accept(listener));
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                serveOrClose(listener, listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.log(ERROR, "cannot accept on port " + listener.getLocalPort(), e);
                }
            }
        }
    }

    /** Serves an accepted connection, or closes it if the server is closing. */
    private synchronized void serveOrClose(ServerSocket listener, Socket socket)
            throws IOException {
        if (listener.isClosed() || connections.size() >= limits.connections()) {
            socket.close();
            return;
        }
        Connection connection;
        try {
            connection = Connection.over(socket, tls, limits, handler);
        } catch (IOException e) {
            socket.close();
            LOG.log(DEBUG, "a client was gone before it was served", e);
            return;
        }
        connections.add(connection);
        Thread.ofPlatform().daemon().name("https").start(() -> serve(connection));
    }

    private void serve(Connection connection) {
        try (connection) {
            connection.serve();
        } catch (IOException e) {
            LOG.log(DEBUG, "a client's connection ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    /** Aborts stalled connections, which no timeout covers: see {@link Connection#stalled}. */
    private void abortStalled() {
        try {
            while (true) {
                Thread.sleep(limits.gone().dividedBy(4));
                for (Connection connection : connections) {
                    if (connection.stalled()) {
                        connection.abort();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops listening and closes all connections. */
    @Override
    public synchronized void close() throws IOException {
        sweeper.interrupt();
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        for (Connection connection : connections) {
            connection.abort();
        }
    }
}
