package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.http.DeadlineInput;
import dev.cnilab.net.http.ResponseReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One question to a container: a command in it, an HTTP request or a connection. Those go from the
 * node to the pod, as a kubelet's do.
 *
 * @param container its specification
 * @param probe the specification of the probe
 */
record Probe(
        NodeContext node,
        ObjectNode pod,
        JsonNode container,
        JsonNode probe,
        ContainerStart start,
        Sandbox sandbox) {

    private static final int HEAD_BYTES = 64 << 10;

    /**
     * @throws IOException when the container does not answer as it should
     */
    void ask(Duration timeout) throws IOException {
        if (probe.has("exec")) {
            exec(timeout);
        } else if (probe.has("httpGet")) {
            http(probe.path("httpGet"), timeout);
        } else if (probe.has("tcpSocket")) {
            connect(probe.path("tcpSocket"), timeout, socket -> {});
        } else {
            throw new IOException("the embedded cluster has no such probe: " + probe);
        }
    }

    private void exec(Duration timeout) throws IOException {
        List<String> argv = new ArrayList<>();
        probe.path("exec").path("command").forEach(word -> argv.add(word.asText()));
        ExecResult result = Command.await(argv, start.exec(pod, container, argv), timeout);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
    }

    private void http(JsonNode get, Duration timeout) throws IOException {
        String path = get.path("path").asText("/");
        connect(
                get,
                timeout,
                socket -> {
                    String request =
                            "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n".formatted(path, sandbox.ip());
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    DeadlineInput in = new DeadlineInput(socket);
                    in.within(timeout);
                    int status =
                            new ResponseReader(in, HEAD_BYTES, 0)
                                    .head()
                                    .orElseThrow(() -> new EOFException("no HTTP response"))
                                    .status();
                    if (status < 200 || status >= 400) {
                        throw new IOException("HTTP probe failed: status " + status);
                    }
                });
    }

    private interface Conversation {
        void with(Socket socket) throws IOException;
    }

    // A bare socket: HTTP clients start threads, which would stay in the node's namespace.
    private void connect(JsonNode target, Duration timeout, Conversation conversation)
            throws IOException {
        String host = target.path("host").asText(sandbox.ip());
        int port = port(target.path("port"));
        int millis = (int) timeout.toMillis();
        NetNamespace.named(node.plan().name())
                .run(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(host, port), millis);
                        conversation.with(socket);
                    }
                });
    }

    private int port(JsonNode port) throws IOException {
        if (port.isInt()) {
            return port.asInt();
        }
        return container
                .path("ports")
                .valueStream()
                .filter(each -> each.path("name").equals(port))
                .map(each -> each.path("containerPort").asInt())
                .findFirst()
                .orElseThrow(() -> new IOException("the container has no port named " + port));
    }
}
