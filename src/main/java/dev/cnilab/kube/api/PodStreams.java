package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess;
import dev.cnilab.kube.PodAccess.LogOptions;
import dev.cnilab.kube.http.Exchange;
import dev.cnilab.kube.http.Request;
import dev.cnilab.kube.http.WebSocket;
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

/** The subresources of a pod that its node serves: log and exec. */
final class PodStreams {
    private final PodAccess access;

    PodStreams(PodAccess access) {
        this.access = access;
    }

    void log(Target target, ObjectNode pod, Exchange exchange) throws IOException {
        Request request = exchange.request();
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
            // It is read no further, which is all that was wanted.
        }
    }

    void exec(Target target, ObjectNode pod, Exchange exchange)
            throws IOException, InterruptedException {
        Request request = exchange.request();
        if (!request.wantsWebSocket()) {
            throw ApiException.badRequest(
                    "exec is served over WebSocket only (v4.channel.k8s.io, v5.channel.k8s.io);"
                            + " kubectl speaks it from 1.31 on");
        }
        List<String> argv = request.query().getOrDefault("command", List.of());
        if (argv.isEmpty()) {
            throw ApiException.badRequest("you must specify at least 1 command for the container");
        }
        String container = container(pod, request);
        boolean tty = request.flag("tty");
        try (PodAccess.Exec exec =
                        access.exec(target.namespace(), target.name(), container, argv, tty);
                WebSocket socket = exchange.upgrade(ExecStream.PROTOCOLS)) {
            new ExecStream(socket, exec).run();
        }
    }

    /** The container that is asked for, or the pod's only one. */
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
