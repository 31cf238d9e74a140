package dev.cnilab.cni.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cni.http.LocalServer.Limits;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.http.HttpRequest;
import dev.cnilab.net.http.HttpResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server with clients that it cannot trust. A server that waits for one hangs the test. */
@Timeout(60)
class LocalServerTest {

    private static final Duration FOREVER = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String GET = "GET /healthz HTTP/1.1\r\n\r\n";

    @TempDir private Path folder;

    private static HttpResponse ok(HttpRequest request) {
        return HttpResponse.text(200, request.target());
    }

    private static LocalServer start(Duration time) throws IOException {
        return LocalServer.start(0, new Limits(time, 16, 8 << 10, 0), LocalServerTest::ok);
    }

    private LocalServer startOnUnixSocket(Duration time) throws IOException {
        return LocalServer.start(
                folder.resolve("s"), new Limits(time, 16, 8 << 10, 64), LocalServerTest::ok);
    }

    /** What the server answers, up to the end of the connection. */
    private static String say(SocketChannel client, String request) throws IOException {
        client.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
        return rest(client);
    }

    private static String rest(SocketChannel client) throws IOException {
        InputStream in = Channels.newInputStream(client);
        return new String(in.readAllBytes(), UTF_8);
    }

    private static String get(SocketAddress address) throws IOException {
        try (SocketChannel client = SocketChannel.open(address)) {
            return say(client, GET);
        }
    }

    private static List<SocketChannel> open(SocketAddress address, int count) throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(SocketChannel.open(address));
        }
        return clients;
    }

    private static void close(List<SocketChannel> clients) throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    @Test
    void answers() throws IOException {
        try (LocalServer server = start(FOREVER)) {
            assertThat(get(server.address()))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("/healthz");
        }
    }

    @Test
    void closeDoesNotWaitForAnIdleClient() throws IOException {
        LocalServer server = start(FOREVER);
        try (SocketChannel idle = SocketChannel.open(server.address())) {
            get(server.address());

            server.close();

            assertThat(idle.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void closeWaitsForARequestThatIsComplete() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<String> text = new CompletableFuture<>();
        LocalServer server =
                LocalServer.start(
                        0,
                        _ -> {
                            arrived.countDown();
                            return HttpResponse.text(200, text.join());
                        });
        SocketAddress address = server.address();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<String> answer = threads.submit(() -> get(address));
            arrived.await();
            Future<?> closed =
                    threads.submit(() -> {
                        server.close();
                        return null;
                    });
            text.complete("late");

            assertThat(answer.get()).endsWith("late");
            closed.get();
        }
    }

    @Test
    void idleClientIsDisconnected() throws IOException {
        try (LocalServer server = start(SHORT);
                LocalServer unix = startOnUnixSocket(SHORT);
                SocketChannel idle = SocketChannel.open(server.address());
                SocketChannel idleUnix =
                        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("s")))) {
            assertThat(unix).isNotNull();
            assertThat(rest(idle)).isEmpty();
            assertThat(rest(idleUnix)).isEmpty();
        }
    }

    @Test
    void drippingClientIsDisconnected() throws IOException {
        try (LocalServer server = start(SHORT);
                Socket socket = new Socket()) {
            socket.connect(server.address());
            OutputStream out = socket.getOutputStream();
            socket.setSoTimeout(20);
            InputStream in = socket.getInputStream();
            assertThatThrownBy(() -> dripUntilTheEnd(in, out)).isInstanceOf(IOException.class);
        }
    }

    private static void dripUntilTheEnd(InputStream in, OutputStream out) throws IOException {
        while (true) {
            out.write('x');
            try {
                if (in.read() < 0) {
                    throw new IOException("disconnected");
                }
            } catch (SocketTimeoutException e) {
                // Still connected.
            }
        }
    }

    @Test
    void headAndBodyAreLimited() throws IOException {
        try (LocalServer server = start(FOREVER);
                SocketChannel head = SocketChannel.open(server.address());
                SocketChannel body = SocketChannel.open(server.address())) {
            assertThat(say(head, "GET /" + "x".repeat(8 << 10))).startsWith("HTTP/1.1 431 ");
            assertThat(say(body, "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void thousandIdleClientsKeepNoOtherWaiting() throws IOException {
        try (LocalServer server = start(FOREVER)) {
            List<SocketChannel> idle = open(server.address(), 1000);
            try {
                assertThat(get(server.address())).startsWith("HTTP/1.1 200 ");
            } finally {
                close(idle);
            }
        }
    }

    /** The server's process may have 64 files open, some of which are the JVM's. */
    @Test
    void acceptingContinuesWhenNoFileDescriptorIsLeft() throws Exception {
        Process server = startWithFewDescriptors();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
            int port = Integer.parseInt(out.readLine());
            SocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
            List<SocketChannel> idle = open(address, 100);
            try {
                assertThat(get(address)).startsWith("HTTP/1.1 200 ");
            } finally {
                close(idle);
            }
            assertThat(get(address)).startsWith("HTTP/1.1 200 ");
        } finally {
            server.destroy();
        }
        ExecResult ended = Command.await(List.of("server"), server, Duration.ofSeconds(30));
        assertThat(ended.stderr()).isEmpty();
    }

    private static Process startWithFewDescriptors() throws IOException {
        return Command.of(
                        "sh",
                        "-c",
                        "ulimit -n 64 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        // A jar would take a descriptor each.
                        Stream.of(System.getProperty("java.class.path").split(":"))
                                .filter(entry -> Files.isDirectory(Path.of(entry)))
                                .collect(Collectors.joining(":")),
                        LocalServerProcess.class.getName())
                .start();
    }
}
