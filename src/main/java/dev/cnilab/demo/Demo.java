package dev.cnilab.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Answers over HTTP: {@code /} with the pod's name and address as in the tutorial, {@code /source}
 * with the address that the client has for this server, {@code /healthz} with {@code ok}. The
 * header X-Seen-Source of every answer has the client's address too.
 *
 * <p>A plain server socket: it starts faster than jdk.httpserver and needs less memory, and dozens
 * of these run side by side in a lab.
 */
public final class Demo implements AutoCloseable {

    /** A client that says nothing is not waited for longer, in milliseconds. */
    private static final int READ_TIMEOUT = 10_000;

    private static final int LONGEST_HEAD = 8192;

    private final ServerSocket server;
    private final Identity identity;

    private record Answer(String status, String body) {}

    private Demo(ServerSocket server, Identity identity) {
        this.server = server;
        this.identity = identity;
    }

    /**
     * Serves until the process ends.
     *
     * @param port 1 to 65535
     * @param environment where POD_NAME or HOSTNAME tell the pod's name
     */
    public static void run(int port, Map<String, String> environment, PrintStream err)
            throws IOException {
        try (Demo demo = open(port, Identity.detect(environment))) {
            err.println("serving on port " + demo.port() + ": " + demo.identity.line().strip());
            demo.serve();
        }
    }

    /**
     * @param port 0 for any that is free
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

    /** Until closed, a thread for each client. */
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
            client.setSoTimeout(READ_TIMEOUT);
            Answer answer = answer(request(client), client);
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            String head =
                    "HTTP/1.1 "
                            + answer.status
                            + "\r\nX-Seen-Source: "
                            + client.getInetAddress().getHostAddress()
                            + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                            + body.length
                            + "\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write((head + answer.body).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The client went away: there is no one to tell.
        }
    }

    /** The request line; headers are read, and of no interest. */
    private static String request(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                client.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = line(in);
        int length = first.length();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            length += line.length();
            if (length > LONGEST_HEAD) {
                throw new IOException("a request without end");
            }
        }
        return first;
    }

    private static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > LONGEST_HEAD) {
                throw new IOException("a line without end");
            }
        }
        return line.toString();
    }

    private Answer answer(String request, Socket client) {
        String[] parts = request.split(" ");
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            return new Answer("400 Bad Request", "bad request\n");
        } else if (!parts[0].equals("GET")) {
            return new Answer("405 Method Not Allowed", "only GET\n");
        }
        String path = parts[1].split("\\?", 2)[0];
        return switch (path) {
            case "/" -> new Answer("200 OK", identity.line());
            case "/source" -> new Answer("200 OK", client.getInetAddress().getHostAddress() + "\n");
            case "/healthz" -> new Answer("200 OK", "ok\n");
            default -> new Answer("404 Not Found", "no " + path + " here\n");
        };
    }
}
