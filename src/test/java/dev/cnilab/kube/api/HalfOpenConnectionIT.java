package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.kube.http.Limits;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clients whose network fails: their connections end without a FIN. */
class HalfOpenConnectionIT {
    private static final String SERVER = "192.0.2.1";
    private static final int PLACES = 4;
    private static final Limits LIMITS =
            new Limits(
                    8192,
                    8192,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(3),
                    PLACES);

    @RegisterExtension private final Sandbox sandbox = new Sandbox();

    @Test
    void vanishedWatchersFreeTheirConnections(@TempDir Path directory) throws Exception {
        NetNamespace here = sandbox.namespace();
        NetNamespace there = sandbox.namespace();
        Scene.in(here).veth("eth0", "eth0", there).address(SERVER + "/24", "eth0");
        Scene.in(there).address("192.0.2.2/24", "eth0");
        try (TestApi api = new TestApi(directory, 64, LIMITS)) {
            InetSocketAddress address = here.call(() -> listen(api));
            List<RawClient> watchers = new ArrayList<>();
            for (int i = 0; i < PLACES; i++) {
                watchers.add(there.call(() -> watch(address)));
            }
            assertThat(api.hasRoom()).isFalse();

            Scene.in(there).down("eth0");

            api.awaitRoom();
            for (RawClient watcher : watchers) {
                watcher.close();
            }
        }
    }

    private static InetSocketAddress listen(TestApi api) throws IOException {
        ServerSocket socket = new ServerSocket(0, PLACES, InetAddress.getByName(SERVER));
        api.listen(socket);
        return new InetSocketAddress(SERVER, socket.getLocalPort());
    }

    private static RawClient watch(InetSocketAddress address) throws IOException {
        try {
            RawClient client = new RawClient(address);
            client.get("/api/v1/nodes?watch=true");
            assertThat(client.code()).isEqualTo(200);
            return client;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
