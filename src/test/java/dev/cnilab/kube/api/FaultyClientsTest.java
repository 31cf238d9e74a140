package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.http.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are unauthenticated, malformed, slow or disconnected. */
class FaultyClientsTest {
    private static final String AUTHORIZED =
            "Host: x\r\nAuthorization: Bearer " + TestApi.TOKEN + "\r\n";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private TestApi api;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        Limits limits =
                new Limits(
                        8192,
                        64 * 1024,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        16);
        api = new TestApi(directory, 16, limits);
    }

    @AfterEach
    void close() throws IOException {
        api.close();
    }

    private int code(String request) throws Exception {
        try (RawClient client = new RawClient(api.port)) {
            client.send(request);
            return client.code();
        }
    }

    @Test
    void unauthenticatedClientsGetHealthAndVersionOnly() throws Exception {
        assertThat(code("GET " + PODS + " HTTP/1.1\r\n\r\n")).isEqualTo(401);
        assertThat(code("GET /apis HTTP/1.1\r\nAuthorization: Bearer wrong\r\n\r\n"))
                .isEqualTo(401);
        for (String open : List.of("/healthz", "/readyz", "/livez", "/version")) {
            assertThat(code("GET " + open + " HTTP/1.1\r\n\r\n")).isEqualTo(200);
        }
    }

    @Test
    void unsupportedRequestsAreRejected() throws Exception {
        assertThat(code("GET /api/v1/secretz HTTP/1.1\r\n" + AUTHORIZED + "\r\n")).isEqualTo(404);
        assertThat(code("GET / HTTP/1.1\r\n" + AUTHORIZED + "\r\n")).isEqualTo(404);
        assertThat(code("GET /api/v1//pods HTTP/1.1\r\n" + AUTHORIZED + "\r\n")).isEqualTo(404);
        assertThat(code("BREW " + PODS + "/demo HTTP/1.1\r\n" + AUTHORIZED + "\r\n"))
                .isEqualTo(405);
        assertThat(code("POST /api/v1/pods HTTP/1.1\r\n" + AUTHORIZED + "\r\n")).isEqualTo(405);
        assertThat(code("GET " + PODS + "/none HTTP/1.1\r\n" + AUTHORIZED + "\r\n")).isEqualTo(404);
        assertThat(
                        code(
                                "GET "
                                        + PODS
                                        + "?labelSelector=a%3D%3D%3Db HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + "\r\n"))
                .isEqualTo(400);
        assertThat(
                        code(
                                "GET "
                                        + PODS
                                        + " HTTP/1.1\r\nAccept: application/vnd.kubernetes.protobuf\r\n"
                                        + AUTHORIZED
                                        + "\r\n"))
                .isEqualTo(406);
    }

    @Test
    void malformedRequestsGet4xx() throws Exception {
        assertThat(code("hello\r\n\r\n")).isEqualTo(400);
        assertThat(code("GET /%zz HTTP/1.1\r\n\r\n")).isEqualTo(400);
        assertThat(code("GET / HTTP/1.1\r\nno colon\r\n\r\n")).isEqualTo(400);
        assertThat(code("GET / HTTP/1.1\r\nX: " + "x".repeat(9000) + "\r\n\r\n")).isEqualTo(431);
        assertThat(code(post("-1", ""))).isEqualTo(400);
        assertThat(code(post("99999999999", ""))).isEqualTo(400);
        assertThat(code(post("70000", ""))).isEqualTo(413);
        assertThat(code(post("5", "{nope"))).isEqualTo(400);
        assertThat(code(post("2", "[]"))).isEqualTo(400);
        assertThat(code(post("0", ""))).isEqualTo(400);
        String deep = "[".repeat(5000);
        assertThat(code(post(Integer.toString(deep.length()), deep))).isEqualTo(400);
        assertThat(
                        code(
                                "POST "
                                        + PODS
                                        + " HTTP/1.1\r\n"
                                        + AUTHORIZED
                                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .isEqualTo(400);
    }

    private static String post(String length, String body) {
        return "POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s"
                .formatted(PODS, AUTHORIZED, length, body);
    }

    /** Random bytes get a 4xx response or a closed connection. */
    @Test
    void randomBytesNeitherHangNorBreakTheServer() throws Exception {
        Random random = new Random(20261123);
        byte[] valid =
                post("120", "{\"metadata\":{\"name\":\"x\"}}").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 60; i++) {
            byte[] request = valid.clone();
            for (int flips = random.nextInt(1, 12); flips > 0; flips--) {
                request[random.nextInt(request.length)] = (byte) random.nextInt(256);
            }
            try (RawClient client = new RawClient(api.port)) {
                client.send(request);
                client.send("\r\n".repeat(70));
                assertThat(client.code()).isNotEqualTo(500);
            } catch (IOException reset) {
                // The server closed the connection during the write.
            }
        }
        assertThat(code("GET /healthz HTTP/1.1\r\n\r\n")).isEqualTo(200);
    }

    @Test
    void slowRequestTimesOut() throws Exception {
        try (RawClient client = new RawClient(api.port)) {
            client.send("GET /healthz HTTP/1.1\r\nX: never ends");
            assertThat(client.line()).isEmpty();
        }
    }

    @Test
    void watchFromAnOldRevisionGets410() throws Exception {
        for (int i = 0; i < 40; i++) {
            api.create(
                    ResourceType.CONFIG_MAP, "{metadata: {namespace: default, name: c" + i + "}}");
        }
        try (RawClient client = new RawClient(api.port)) {
            client.get("/api/v1/configmaps?watch=true&resourceVersion=3");
            assertThat(client.code()).isEqualTo(410);
            assertThat(client.until("Status")).contains("\"reason\":\"Expired\"");
        }
    }

    @Test
    void stalledWatcherDelaysNoOtherAndGetsExpired() throws Exception {
        try (RawClient slow = new RawClient(api.port)) {
            slow.get("/api/v1/configmaps?watch=true");
            assertThat(slow.code()).isEqualTo(200);
            // The response's head may arrive before the watch begins.
            api.create(
                    ResourceType.CONFIG_MAP, "{metadata: {namespace: default, name: the-first}}");
            assertThat(slow.until("the-first")).contains("ADDED");
            // Some 24 MB: more than the socket's buffers take in for a client that does not read.
            var big = TestApi.yaml("{metadata: {namespace: default, generateName: big-}}");
            big.putObject("data").put("k", "x".repeat(400_000));
            for (int i = 0; i < 60; i++) {
                api.store.create(ResourceType.CONFIG_MAP, big);
            }
            assertThat(slow.until("\"ERROR\"")).contains("\"code\":410");
        }
    }

    @Test
    void disconnectedWatchersFreeTheirConnections() throws Exception {
        // Twice as many as the server allows at once.
        for (int i = 0; i < 32; i++) {
            try (RawClient watcher = new RawClient(api.port)) {
                watcher.get("/api/v1/nodes?watch=true");
                // The server may not have detected earlier disconnects yet.
                watcher.code();
            } catch (IOException full) {
                // Closed at the limit.
            }
        }
        api.awaitRoom();
    }

    /**
     * Uses all connections that the server allows, each by a client that would hold it
     * indefinitely.
     */
    @Test
    void idleSlowAndStalledClientsAreDisconnected() throws Exception {
        var big = TestApi.yaml("{metadata: {namespace: default, generateName: big-}}");
        big.putObject("data").put("k", "x".repeat(400_000));
        for (int i = 0; i < 30; i++) {
            api.store.create(ResourceType.CONFIG_MAP, big);
        }
        List<AutoCloseable> clients = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            clients.add(new Socket(InetAddress.getLoopbackAddress(), api.port));
            clients.add(sendingSlowly());
        }
        for (int i = 0; i < 2; i++) {
            RawClient idle = new RawClient(api.port);
            // 12 MB, which the client does not read.
            idle.get("/api/v1/configmaps");
            clients.add(idle);
        }
        assertThat(api.hasRoom()).isFalse();

        api.awaitRoom();
        for (AutoCloseable client : clients) {
            client.close();
        }
    }

    /** A client that sends a TLS record one byte at a time. */
    private Socket sendingSlowly() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port);
        Thread.ofPlatform().daemon().start(() -> drip(socket));
        return socket;
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 8, 0, 1});
            while (true) {
                Thread.sleep(50);
                socket.getOutputStream().write(0);
            }
        } catch (IOException | InterruptedException cutOff) {
            // The server closed the connection, as expected.
        }
    }

    /** A client that is still reading earlier messages would lose them with the connection. */
    @Test
    void webSocketWaitsForTheClientsCloseFrame() throws Exception {
        try (RawClient client = new RawClient(api.port)) {
            client.send(
                    "GET %s/demo/exec?command=true&stdout=true HTTP/1.1\r\n%s"
                                    .formatted(PODS, AUTHORIZED)
                            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n"
                            + "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n");
            assertThat(client.code()).isEqualTo(101);
            client.skipTo(0x88);
            assertThat(client.closedWithin(500)).isFalse();
            byte[] close = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0}; // masked by zeros
            client.send(close);
            assertThat(client.closedWithin(5000)).isTrue();
        }
    }

    @Test
    void pagesReturnEachObjectOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            api.create(
                    ResourceType.CONFIG_MAP, "{metadata: {namespace: default, name: c" + i + "}}");
        }
        try (RawClient client = new RawClient(api.port)) {
            client.get("/api/v1/configmaps?limit=3");
            String first = client.until("ConfigMapList");
            assertThat(first).contains("\"c0\"", "\"c2\"").doesNotContain("\"c3\"");
            String token = first.replaceAll(".*\"continue\":\"([^\"]+)\".*", "$1");
            try (RawClient next = new RawClient(api.port)) {
                next.get("/api/v1/configmaps?limit=3&continue=" + token);
                assertThat(next.until("ConfigMapList"))
                        .contains("\"c3\"", "\"c4\"")
                        .doesNotContain("\"c2\"", "\"continue\"");
            }
        }
    }

    @Test
    void bookmarkMarksTheEndOfInitialEvents() throws Exception {
        try (RawClient client = new RawClient(api.port)) {
            client.get("/api/v1/nodes?watch=true&sendInitialEvents=true&allowWatchBookmarks=true");
            assertThat(client.until("BOOKMARK")).contains("k8s.io/initial-events-end");
        }
    }
}
