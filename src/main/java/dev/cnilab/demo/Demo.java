package dev.cnilab.demo;

import dev.cnilab.net.http.DeadlineInput;
import dev.cnilab.net.http.HttpFormatException;
import dev.cnilab.net.http.HttpRequest;
import dev.cnilab.net.http.HttpResponse;
import dev.cnilab.net.http.RequestReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's HTTP server: {@code /} answers with the pod's name and address as in the tutorial,
 * {@code /source} with the client's address as seen here, {@code /healthz} with {@code ok}. Every
 * response has the client's address in the header X-Seen-Source, too.
 *
 * <p>It uses a plain server socket: jdk.httpserver needs 4 MiB more, and a lab runs dozens of
 * these.
 */
public final class Demo implements AutoCloseable {

    /** Read timeout for a client's request. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    /** Bytes of a request's head, and of its body. */
    private static final int LARGEST = 8192;

    private final ServerSocket server;
    private final Identity identity;

    private Demo(ServerSocket server, Identity identity) {
        this.server = server;
        this.identity = identity;
    }

    /**
     * Serves until the process exits.
     *
     * @param port 1 to 65535
     * @param environment where POD_NAME or HOSTNAME contain the pod's name
     */
    public static void run(int port, Map<String, String> environment, PrintStream err)
            throws IOException {
        try (Demo demo = open(port, Identity.detect(environment))) {
            err.println("serving on port " + demo.port() + ": " + demo.identity.line().strip());
            demo.serve();
        }
    }

    /**
     * Opens the server's socket.
     *
     * @param port 0 for any free one
     */
    static Demo open(int port, Identity identity) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(port), 512);
            return new Demo(server, identity);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Accepts connections until closed, with a thread for each. */
    void serve() throws IOException {
        while (!server.isClosed()) {
            Socket client;
            try {
                client = server.accept();
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
                throw e;
            }
            Thread.ofPlatform().daemon().start(() -> answer(client));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void answer(Socket client) {
        try (client) {
            DeadlineInput in = new DeadlineInput(client);
            in.within(READ_TIMEOUT);
            OutputStream out = client.getOutputStream();
            String source = client.getInetAddress().getHostAddress();
            Optional<HttpResponse> answer =
                    answer(new RequestReader(in, out, LARGEST, LARGEST), source);
            if (answer.isPresent()) {
                answer.get().with("X-Seen-Source", source).write(out);
            }
        } catch (IOException e) {
            // The client has disconnected.
        }
    }

    private Optional<HttpResponse> answer(RequestReader requests, String source)
            throws IOException {
        try {
            return requests.read().map(request -> answer(request, source));
        } catch (HttpFormatException e) {
            return Optional.of(HttpResponse.to(e));
        }
    }

    private HttpResponse answer(HttpRequest request, String source) {
        if (!request.method().equals("GET")) {
            return HttpResponse.text(405, "only GET\n");
        }
        String path = request.target().split("\\?", 2)[0];
        return switch (path) {
            case "/" -> HttpResponse.text(200, identity.line());
            case "/source" -> HttpResponse.text(200, source + "\n");
            case "/healthz" -> HttpResponse.text(200, "ok\n");
            default -> HttpResponse.text(404, "no " + path + " here\n");
        };
    }
}
