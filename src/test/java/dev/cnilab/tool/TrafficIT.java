package dev.cnilab.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.demo.DemoServer;
import dev.cnilab.host.Wire;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.net.pcap.CaptureReader;
import dev.cnilab.netlink.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ping, curl and capture between two namespaces. */
@Timeout(60)
class TrafficIT {

    private static final Ipv4Prefix ADDRESS = Ipv4Prefix.parse("10.9.0.2/24");

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    private Wire wire;

    @BeforeEach
    void wire() throws IOException {
        wire = Wire.lay(sandbox);
    }

    @Test
    void pingPrintsAsIputilsDoes() throws IOException {
        ToolRun run = ToolRun.in(wire.left(), "ping", "-c", "2", "-i", "0.05", "10.9.0.2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches(
                        """
                        PING 10\\.9\\.0\\.2 \\(10\\.9\\.0\\.2\\) 56\\(84\\) bytes of data\\.
                        64 bytes from 10\\.9\\.0\\.2: icmp_seq=1 ttl=64 time=[0-9.]+ ms
                        64 bytes from 10\\.9\\.0\\.2: icmp_seq=2 ttl=64 time=[0-9.]+ ms

                        --- 10\\.9\\.0\\.2 ping statistics ---
                        2 packets transmitted, 2 received, 0% packet loss, time [0-9]+ms
                        rtt min/avg/max/mdev = [0-9.]+/[0-9.]+/[0-9.]+/[0-9.]+ ms
                        """);
    }

    @Test
    void pingReportsTheMtuForAPayloadThatIsTooLarge() throws IOException {
        String[] args = {"-c", "1", "-W", "2", "-M", "do", "-s", "1452", "10.9.0.2"};
        assertThat(ToolRun.in(wire.left(), "ping", args).exitCode()).isZero();
        args[7] = "1453";

        ToolRun refused = ToolRun.in(wire.left(), "ping", args);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("ping: local error: message too long, mtu=1480\n");
        assertThat(refused.out())
                .contains("1 packets transmitted, 0 received, +1 errors, 100% packet loss");
    }

    @Test
    void pingReportsNoReplyAndNoRoute() throws IOException {
        ToolRun absent = ToolRun.in(wire.left(), "ping", "-c", "1", "-W", "10", "10.9.0.77");
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.out()).contains("From 10.9.0.1 icmp_seq=1 Destination Host Unreachable");

        ToolRun noRoute = ToolRun.in(wire.left(), "ping", "-c", "1", "10.8.0.1");
        assertThat(noRoute.exitCode()).isEqualTo(2);
        assertThat(noRoute.err()).isEqualTo("ping: connect: Network is unreachable\n");
    }

    @Test
    void curlFetchesFromTheDemo() throws IOException {
        try (DemoServer server = DemoServer.start(wire.right(), ADDRESS)) {
            String url = "10.9.0.2:" + server.port();

            assertThat(ToolRun.in(wire.left(), "curl", "-s", url))
                    .isEqualTo(
                            new ToolRun(0, "PodName: demo-f2w8p | PodIP: eth0 10.9.0.2/24\n", ""));
            assertThat(ToolRun.in(wire.left(), "curl", "-s", url + "/source").out())
                    .isEqualTo("10.9.0.1\n");
            assertThat(
                            ToolRun.in(
                                            wire.left(),
                                            "curl",
                                            "-s",
                                            "-o",
                                            "/dev/null",
                                            "-w",
                                            "%{http_code}\\n",
                                            url + "/nope")
                                    .out())
                    .isEqualTo("404\n");
            assertThat(ToolRun.in(wire.left(), "curl", "-sf", url + "/nope").exitCode())
                    .isEqualTo(22);
            assertThat(ToolRun.in(wire.left(), "curl", "-si", url + "/healthz").out())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nok\n");
        }
    }

    @Test
    void curlFetchesOneUrlAfterAnother() throws IOException {
        try (DemoServer server = DemoServer.start(wire.right(), ADDRESS)) {
            String there = "10.9.0.2:" + server.port();
            ToolRun run =
                    ToolRun.in(
                            wire.left(),
                            "curl",
                            "-sS",
                            "-w",
                            "%{http_code};",
                            there + "/source",
                            "10.9.0.2:81",
                            there + "/healthz");
            assertThat(run.out()).isEqualTo("10.9.0.1\n200;000;ok\n200;");
            assertThat(run.err()).startsWith("curl: (7) ").hasLineCount(1);
            assertThat(run.exitCode()).as("the last one's").isZero();
        }
    }

    @Test
    void curlsExitCodes() throws IOException {
        ToolRun refused = ToolRun.in(wire.left(), "curl", "10.9.0.2:81");
        assertThat(refused.exitCode()).isEqualTo(7);
        assertThat(refused.err()).startsWith("curl: (7) Failed to connect to 10.9.0.2 port 81");
        assertThat(ToolRun.in(wire.left(), "curl", "-s", "10.8.0.1").exitCode()).isEqualTo(7);
        ToolRun late = ToolRun.in(wire.left(), "curl", "-m", "0.2", "10.9.0.77");
        assertThat(late.exitCode()).isEqualTo(28);
        assertThat(ToolRun.in(wire.left(), "curl", "-s", "nowhere.invalid").exitCode())
                .isEqualTo(6);
    }

    @Test
    void ssListsListeners() throws IOException {
        try (DemoServer server = DemoServer.start(wire.right(), ADDRESS)) {
            assertThat(ToolRun.in(wire.right(), "ss", "-tln").out())
                    .containsPattern("tcp +LISTEN +0 +0 +\\*:" + server.port());
        }
    }

    @Test
    void captureAppliesTheFilter() throws Exception {
        List<Frame> frames = capture("-i", "eth0", "-c", "2", "-t", "30", "icmp");

        assertThat(frames)
                .extracting(frame -> frame.decode().first(Header.Icmp.class).orElseThrow().type())
                .containsExactly(Header.Icmp.ECHO_REQUEST, Header.Icmp.ECHO_REPLY);
    }

    @Test
    void captureNamesTheInterfaces() throws Exception {
        List<Frame> frames = capture("-i", "lo", "-i", "eth0", "-c", "2", "-t", "30", "icmp");

        assertThat(frames).extracting(Frame::interfaceName).containsOnly("eth0");
        assertThat(frames)
                .extracting(Frame::direction)
                .containsExactly(Frame.Direction.OUT, Frame.Direction.IN);
        assertThat(frames.getLast().time()).isAfter(frames.getFirst().time());
    }

    /** Returns the frames captured at the left end while one ping went to the right. */
    private List<Frame> capture(String... args) throws Exception {
        CountDownLatch listening = new CountDownLatch(1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(file, true, StandardCharsets.UTF_8);
        PrintStream err = onText("listening on ", _ -> listening.countDown());
        FutureTask<Integer> capture =
                new FutureTask<>(() ->
                        wire.left().call(() -> Toolbox.run("capture", List.of(args), out, err)));
        Thread.ofPlatform().start(capture);
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
        ToolRun.in(wire.left(), "ping", "-c", "1", "10.9.0.2");
        assertThat(capture.get(20, TimeUnit.SECONDS)).isZero();
        return CaptureReader.readAll(new ByteArrayInputStream(file.toByteArray())).frames();
    }

    @Test
    void anEmptyCaptureIsACompleteFile() throws IOException {
        ToolRun run = ToolRun.in(wire.left(), "capture", "-i", "lo", "-t", "0.1", "-v");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(
                        """
                        listening on lo, ETHERNET
                        0 packets captured, 0 seen, 0 dropped by the kernel
                        """);
    }

    private static PrintStream onText(String text, Consumer<String> action) {
        StringBuilder seen = new StringBuilder();
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        seen.append((char) octet);
                        if (seen.indexOf(text) >= 0) {
                            action.accept(seen.toString());
                        }
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }
}
