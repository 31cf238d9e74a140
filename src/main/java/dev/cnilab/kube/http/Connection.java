package dev.cnilab.kube.http;

import static java.lang.System.Logger.Level.ERROR;

import dev.cnilab.kube.ApiException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** One client's connection: request after request until either side has enough. */
final class Connection {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final Request UNREADABLE =
            new Request("", List.of(), Map.of(), Map.of("connection", "close"), new byte[0], false);

    private final Input in;
    private final OutputStream out;
    private final RequestReader reader;
    private final Handler handler;

    Connection(SSLSocket socket, Limits limits, Handler handler) throws IOException {
        in = new Input(socket);
        out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
        reader = new RequestReader(in, out, limits, () -> certified(socket));
        this.handler = handler;
    }

    /** Known once the first byte of a request has come. */
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
                Optional<Request> request = reader.read();
                again = request.isPresent() && answer(new Exchange(request.get(), in, out));
            } catch (SocketTimeoutException e) {
                // Between requests as within one: nothing useful can be said to a silent client.
                return;
            } catch (ApiException e) {
                refuse(new Exchange(UNREADABLE, in, out), e);
                return;
            }
        }
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
