package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess;
import dev.cnilab.kube.PodAccess.LogOptions;
import dev.cnilab.kube.http.Exchange;
import dev.cnilab.kube.http.Request;
import dev.cnilab.kube.http.WebSocket;
import dev.cnilab.kube.spdy.SpdySession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The subresources of a pod that the kubelet serves: log, exec, attach and portforward. */
final class PodStreams {
    private static final String PROTOCOL_HEADER = "X-Stream-Protocol-Version";
    private static final String PORT_FORWARD = "portforward.k8s.io";

    /** SPDY within a WebSocket, used by kubectl from 1.31 on. */
    private static final String TUNNEL = "SPDY/3.1+" + PORT_FORWARD;

    private final PodAccess access;

    PodStreams(PodAccess access) {
        this.access = access;
    }

    void log(Target target, ObjectNode pod, Exchange exchange) throws IOException {
        Request request = exchange.request();
        if (pod.path("spec").path("nodeName").asText("").isEmpty()) {
            exchange.send(204, "text/plain", new byte[0]);
            return;
        }
        String container = container(pod, request);
        try (InputStream log =
                access.log(target.namespace(), target.name(), container, logOptions(request))) {
            try (OutputStream out = exchange.stream("text/plain", () -> close(log))) {
                byte[] buffer = new byte[8192];
                for (int count = log.read(buffer); count >= 0; count = log.read(buffer)) {
                    out.write(buffer, 0, count);
                    out.flush();
                }
            }
        }
    }

    private static void close(InputStream log) {
        try {
            log.close();
        } catch (IOException e) {
            // Closed by the client's end of reading; nothing to report.
        }
    }

    void exec(Target target, ObjectNode pod, Exchange exchange)
            throws IOException, InterruptedException {
        Request request = exchange.request();
        List<String> argv = request.query().getOrDefault("command", List.of());
        if (argv.isEmpty()) {
            throw ApiException.badRequest("you must specify at least 1 command for the container");
        }
        String container = container(pod, request);
        boolean tty = request.flag("tty");
        try (ClientStreams client = streams(exchange)) {
            ExecStream.run(
                    client,
                    () ->
                            withInput(
                                    access.exec(
                                            target.namespace(),
                                            target.name(),
                                            container,
                                            argv,
                                            tty),
                                    tty || request.flag("stdin")));
        }
    }

    /** Ends a command's input if the client sends none, as container runtimes do. */
    private static PodAccess.Exec withInput(PodAccess.Exec exec, boolean sent) throws IOException {
        if (!sent) {
            exec.stdin().close();
        }
        return exec;
    }

    /** Streams the container's output from now on; input is ignored. */
    void attach(Target target, ObjectNode pod, Exchange exchange)
            throws IOException, InterruptedException {
        String container = container(pod, exchange.request());
        LogOptions fromNow =
                new LogOptions(true, false, false, OptionalInt.of(0), OptionalLong.empty(), null);
        try (ClientStreams client = streams(exchange)) {
            ExecStream.run(
                    client,
                    () ->
                            new LogExec(
                                    access.log(
                                            target.namespace(),
                                            target.name(),
                                            container,
                                            fromNow)));
        }
    }

    void portForward(Target target, ObjectNode pod, Exchange exchange)
            throws IOException, InterruptedException {
        if (!pod.path("status").path("phase").asText("").equals("Running")) {
            throw ApiException.badRequest(
                    "unable to forward port because pod is not running. Current status="
                            + pod.path("status").path("phase").asText("Pending"));
        }
        try (SpdySession session = portForwardSession(exchange)) {
            new PortForward(access, target, session).run();
        }
    }

    private static SpdySession portForwardSession(Exchange exchange) throws IOException {
        if (!exchange.request().wantsWebSocket()) {
            return spdy(exchange, PORT_FORWARD);
        }
        WebSocket socket = exchange.upgrade(List.of(TUNNEL));
        return new SpdySession(socket.in(), socket.out());
    }

    private static ClientStreams streams(Exchange exchange)
            throws IOException, InterruptedException {
        Request request = exchange.request();
        if (request.wantsWebSocket()) {
            return new WebSocketStreams(exchange.upgrade(WebSocketStreams.PROTOCOLS));
        }
        SpdySession session = spdy(exchange, SpdyStreams.PROTOCOL);
        int expected = 1; // the error stream's
        for (String stream : List.of("stdin", "stdout")) {
            expected += request.flag(stream) ? 1 : 0;
        }
        expected += request.flag("stderr") && !request.flag("tty") ? 1 : 0;
        return SpdyStreams.open(session, expected + (request.flag("tty") ? 1 : 0));
    }

    private static SpdySession spdy(Exchange exchange, String protocol) throws IOException {
        Request request = exchange.request();
        if (!request.wantsSpdy()) {
            throw ApiException.badRequest("Upgrade request required: WebSocket or SPDY/3.1");
        }
        List<String> offered = List.of(request.header(PROTOCOL_HEADER).trim().split("\\s*,\\s*"));
        if (!offered.contains(protocol)) {
            throw new ApiException(
                    403,
                    "Forbidden",
                    "unable to upgrade: unable to negotiate protocol: client supports %s, server accepts [%s]"
                            .formatted(offered, protocol));
        }
        Exchange.Duplex duplex = exchange.upgrade("SPDY/3.1", PROTOCOL_HEADER + ": " + protocol);
        return new SpdySession(duplex.in(), duplex.out());
    }

    /** The requested container, or the pod's only one. */
    private static @Nullable String container(ObjectNode pod, Request request) {
        String name = pod.path("metadata").path("name").asText();
        if (pod.path("spec").path("nodeName").asText("").isEmpty()) {
            throw ApiException.badRequest("pod " + name + " does not have a host assigned");
        }
        List<String> containers = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                containers.add(container.path("name").asText());
            }
        }
        String wanted = request.parameter("container").orElse("");
        if (wanted.isEmpty() && containers.size() > 1) {
            throw ApiException.badRequest(
                    "a container name must be specified for pod %s, choose one of: %s"
                            .formatted(name, containers));
        }
        if (!wanted.isEmpty() && !containers.contains(wanted)) {
            throw ApiException.badRequest(
                    "container %s is not valid for pod %s".formatted(wanted, name));
        }
        return wanted.isEmpty() ? null : wanted;
    }

    private static LogOptions logOptions(Request request) {
        try {
            Instant since =
                    request.parameter("sinceSeconds")
                            .map(seconds -> Instant.now().minusSeconds(Long.parseLong(seconds)))
                            .or(() -> request.parameter("sinceTime").map(Instant::parse))
                            .orElse(null);
            return new LogOptions(
                    request.flag("follow"),
                    request.flag("previous"),
                    request.flag("timestamps"),
                    request.parameter("tailLines")
                            .map(lines -> OptionalInt.of(Integer.parseInt(lines)))
                            .orElse(OptionalInt.empty()),
                    request.parameter("limitBytes")
                            .map(bytes -> OptionalLong.of(Long.parseLong(bytes)))
                            .orElse(OptionalLong.empty()),
                    since);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw ApiException.badRequest("malformed log option: " + e.getMessage());
        }
    }
}
