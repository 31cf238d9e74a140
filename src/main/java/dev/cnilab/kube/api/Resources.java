package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.PodAccess;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.http.Exchange;
import dev.cnilab.kube.http.Request;
import java.io.IOException;
import java.time.Clock;

/** Dispatches requests on resources by verb and subresource. */
final class Resources {
    private final Reads reads;
    private final Writes writes;
    private final Watches watches;
    private final PodStreams podStreams;

    Resources(Store store, PodAccess access, Bodies bodies, Clock clock) {
        reads = new Reads(store, clock);
        writes = new Writes(store, bodies, new Patches(bodies, clock));
        watches = new Watches(store, clock);
        podStreams = new PodStreams(access);
    }

    void handle(Target target, Exchange exchange) throws IOException, InterruptedException {
        Request request = exchange.request();
        if (target.collection()) {
            if (request.method().equals("GET") && request.flag("watch")) {
                watches.watch(target, exchange);
            } else {
                collection(target, request).send(exchange);
            }
            return;
        }
        switch (target.subresource()) {
            case "log" -> {
                allow(request, "GET");
                podStreams.log(target, reads.require(target), exchange);
            }
            case "exec" -> {
                allow(request, "GET", "POST");
                podStreams.exec(target, reads.require(target), exchange);
            }
            case "attach" -> {
                allow(request, "GET", "POST");
                podStreams.attach(target, reads.require(target), exchange);
            }
            case "portforward" -> {
                allow(request, "GET", "POST");
                podStreams.portForward(target, reads.require(target), exchange);
            }
            case "eviction" -> {
                allow(request, "POST");
                writes.evict(target).send(exchange);
            }
            default -> object(target, request).send(exchange);
        }
    }

    private Answer collection(Target target, Request request) {
        return switch (request.method()) {
            case "GET" -> reads.list(target, request);
            case "POST" -> {
                if (target.type().namespaced() && target.namespace().isEmpty()) {
                    throw notAllowed();
                }
                yield writes.create(target, request);
            }
            case "DELETE" -> writes.deleteCollection(target, request, reads.list(target, request));
            default -> throw notAllowed();
        };
    }

    private Answer object(Target target, Request request) {
        return switch (request.method()) {
            case "GET" -> reads.get(target, request);
            case "PUT" -> writes.replace(target, request);
            case "PATCH" -> writes.patch(target, request);
            case "DELETE" -> {
                if (!target.subresource().isEmpty()) {
                    throw notAllowed();
                }
                yield writes.delete(target, request);
            }
            default -> throw notAllowed();
        };
    }

    private static void allow(Request request, String... methods) {
        for (String method : methods) {
            if (request.method().equals(method)) {
                return;
            }
        }
        throw notAllowed();
    }

    private static ApiException notAllowed() {
        return new ApiException(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource");
    }
}
