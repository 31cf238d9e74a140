package dev.cnilab.kube.api;

import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.http.Exchange;
import dev.cnilab.kube.http.Request;
import dev.cnilab.kube.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;

/** Serves watch, as a chunked stream of JSON lines or over a WebSocket. */
final class Watches {
    private final Store store;
    private final Clock clock;

    Watches(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void watch(Target target, Exchange exchange) throws IOException, InterruptedException {
        Request request = exchange.request();
        WatchStream stream =
                new WatchStream(
                        store,
                        target.type(),
                        Selection.of(target, request),
                        View.of(request),
                        WatchOptions.of(request),
                        clock);
        stream.checkStart();
        Thread watching = Thread.currentThread();
        if (request.wantsWebSocket()) {
            try (WebSocket socket = exchange.upgrade(List.of())) {
                Thread.ofPlatform().daemon().start(() -> interruptAtEnd(socket, watching));
                stream.run(socket::sendText);
            }
        } else {
            try (OutputStream out = exchange.stream("application/json", watching::interrupt)) {
                stream.run(line -> {
                    out.write(line);
                    out.write('\n');
                    out.flush();
                });
            }
        }
    }

    private static void interruptAtEnd(WebSocket socket, Thread watching) {
        try {
            while (socket.receive().isPresent()) {
                // Messages of a watcher are ignored.
            }
        } catch (IOException | ApiException e) {
            // A lost connection is a closed one.
        }
        watching.interrupt();
    }
}
