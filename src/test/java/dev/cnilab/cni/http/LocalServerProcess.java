package dev.cnilab.cni.http;

import dev.cnilab.cni.http.LocalServer.Limits;
import dev.cnilab.net.http.HttpResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A server in a process of its own, whose limit of file descriptors is below its own limits. */
final class LocalServerProcess {

    private static final Limits LIMITS = new Limits(Duration.ofHours(1), 1000, 8 << 10, 0);

    private LocalServerProcess() {}

    /** Serves, and prints the port. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (LocalServer server = LocalServer.start(0, LIMITS, _ -> HttpResponse.text(200, "ok"))) {
            // Loads what serving needs before descriptors run out, as a kubelet's probe does.
            SocketChannel.open(server.address()).close();
            System.out.println(((InetSocketAddress) server.address()).getPort());
            Thread.currentThread().join();
        }
    }
}
