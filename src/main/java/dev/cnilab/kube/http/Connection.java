package dev.cnilab.kube.http;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.cnilab.kube.ApiException;
import dev.cnilab.net.http.DeadlineInput;
import dev.cnilab.net.http.HttpFormatException;
import dev.cnilab.net.http.HttpRequest;
import dev.cnilab.net.http.RequestReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;

/** One client's connection: serves requests in sequence until either side closes it. */
final class Connection implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final Request UNREADABLE =
            new Request("", List.of(), Map.of(), Map.of("connection", "close"), new byte[0], false);

    private final Socket plain;
    private final SSLSocket socket;
    private final Limits limits;
    private final Handler handler;
    private final DeadlineInput in;
    private final Output taken;
    private final OutputStream out;
    private final RequestReader reader;

    private Connection(Socket plain, SSLSocket socket, Limits limits, Handler handler)
            throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.limits = limits;
        this.handler = handler;
        in = new DeadlineInput(socket);
        taken = new Output(socket.getOutputStream());
        out = new BufferedOutputStream(taken, 32 * 1024);
        reader = new RequestReader(in, out, limits.headBytes(), limits.bodyBytes());
    }

    /** Wraps an accepted socket; the TLS handshake follows with the first read. */
    static Connection over(Socket plain, SSLContext tls, Limits limits, Handler handler)
            throws IOException {
        plain.setTcpNoDelay(true);
        enableKeepAlive(plain, limits.gone());
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        parameters.setWantClientAuth(true);
        socket.setSSLParameters(parameters);
        return new Connection(plain, socket, limits, handler);
    }

    /** Enables TCP keepalive (tcp(7)), so that the kernel detects vanished clients. */
    private static void enableKeepAlive(Socket socket, Duration gone) throws IOException {
        int third = Math.toIntExact(Math.max(1, gone.toSeconds() / 3));
        socket.setKeepAlive(true);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, third);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, third);
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 2);
    }

    /**
     * True if the client does not read its response, or sends a TLS record so slowly that read
     * timeouts do not apply.
     */
    boolean stalled() {
        return taken.stalled(limits.gone()) || in.overdue(limits.gone());
    }

    /** Closes the socket without a TLS close; pending reads and writes fail. */
    void abort() {
        try {
            plain.close();
        } catch (IOException e) {
            LOG.log(DEBUG, "a client's connection did not close", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (plain) {
            socket.close();
        }
    }

    /** Whether the client sent a certificate; known once a request's first byte was read. */
    private static boolean certified(SSLSocket socket) {
        try {
            return socket.getSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    void serve() throws IOException, InterruptedException {
        boolean again = true;
        while (again) {
            try {
                Optional<Request> request = next();
                again = request.isPresent() && answer(new Exchange(request.get(), in, out));
            } catch (SocketTimeoutException e) {
                // Between requests and within one: no response to a client that sends nothing.
                return;
            } catch (HttpFormatException e) {
                refuse(new Exchange(UNREADABLE, in, out), refusal(e));
                return;
            } catch (ApiException e) {
                refuse(new Exchange(UNREADABLE, in, out), e);
                return;
            }
        }
    }

    /** Empty when the client has closed. */
    private Optional<Request> next() throws IOException {
        in.within(limits.idle());
        if (!in.await()) {
            return Optional.empty();
        }
        in.within(limits.receive());
        Optional<HttpRequest> received = reader.read();
        in.complete();
        return received.isEmpty()
                ? Optional.empty()
                : Optional.of(Request.of(received.get(), certified(socket)));
    }

    private static ApiException refusal(HttpFormatException e) {
        String reason = e.status() == 413 ? "RequestEntityTooLarge" : "BadRequest";
        return new ApiException(e.status(), reason, String.valueOf(e.getMessage()));
    }

    private boolean answer(Exchange exchange) throws IOException, InterruptedException {
        try {
            handler.handle(exchange);
        } catch (ApiException e) {
            if (exchange.begun()) {
                throw new IOException("the answer broke off", e);
            }
            refuse(exchange, e);
        } catch (RuntimeException e) {
            LOG.log(ERROR, "failed to answer " + exchange.request().fullPath(), e);
            if (exchange.begun()) {
                throw new IOException("the answer broke off", e);
            }
            refuse(
                    exchange,
                    new ApiException(500, "InternalError", "Internal error occurred; see the log"));
        }
        return exchange.reusable();
    }

    private static void refuse(Exchange exchange, ApiException e) throws IOException {
        byte[] status = e.status().toString().getBytes(StandardCharsets.UTF_8);
        exchange.send(e.code(), "application/json", status);
    }
}
