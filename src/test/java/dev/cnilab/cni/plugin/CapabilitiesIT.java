package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The capabilities portMappings and bandwidth. */
class CapabilitiesIT {

    private static final String PORTS =
            ", \"runtimeConfig\": {\"portMappings\":"
                    + " [{\"hostPort\": 8080, \"containerPort\": 80, \"protocol\": \"tcp\"}]}";

    @RegisterExtension private final Sandbox sandbox = new Sandbox();
    @TempDir Path directory;
    private TestNode node;
    private NetNamespace pod;

    @BeforeEach
    void makeNode() throws IOException {
        node = new TestNode(sandbox, directory);
        pod = sandbox.namespace();
        Scene.in(node.namespace).up("lo");
    }

    @Test
    void aHostPortReachesThePodFromEverywhere() throws Exception {
        NetNamespace neighbour = sandbox.namespace();
        node.succeed("ADD", "c1", pod, PORTS);
        node.succeed("ADD", "c2", neighbour, "");

        try (ServerSocket server = pod.call(() -> new ServerSocket(80))) {
            Thread.ofPlatform().daemon().start(() -> answer(server));
            assertThat(read(neighbour, "10.244.1.1")).isEqualTo("hello");
            assertThat(read(node.namespace, "10.244.1.1")).isEqualTo("hello");
            assertThat(read(node.namespace, "127.0.0.1")).isEqualTo("hello");
            assertThat(read(pod, "10.244.1.1")).isEqualTo("hello");

            node.succeed("DEL", "c1", pod, "");
            assertThatThrownBy(() -> read(node.namespace, "127.0.0.1"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void rejectsAHostPortInUse() throws Exception {
        node.succeed("ADD", "c1", pod, PORTS);

        assertThat(node.fail("ADD", "c2", sandbox.namespace(), PORTS))
                .isEqualTo("101 host port 8080/TCP is in use");
        node.succeed("DEL", "c1", pod, "");
        node.succeed("ADD", "c2", sandbox.namespace(), PORTS);
    }

    @Test
    void aContinuingUdpFlowReachesThePortsNextPod() throws Exception {
        NetNamespace client = sandbox.namespace();
        NetNamespace next = sandbox.namespace();
        node.succeed("ADD", "client", client, "");
        String udp = PORTS.replace("tcp", "udp");
        try (DatagramSocket sender = client.call(() -> new DatagramSocket(7007))) {
            sender.setSoTimeout(2000);
            node.succeed("ADD", "c1", pod, udp);
            assertThat(echo(sender, pod)).isEqualTo("ping");
            node.succeed("DEL", "c1", pod, "");
            // The port has no pod now; conntrack has the flow as one to the node itself.
            sender.send(ping());
            node.succeed("ADD", "c2", next, udp);
            assertThat(echo(sender, next)).isEqualTo("ping");
        }
    }

    /** Sends to the host's port; the pod's end answers. */
    private static String echo(DatagramSocket sender, NetNamespace pod) throws IOException {
        try (DatagramSocket receiver = pod.call(() -> new DatagramSocket(80))) {
            receiver.setSoTimeout(2000);
            DatagramPacket packet = new DatagramPacket(new byte[4], 4);
            sender.send(ping());
            receiver.receive(packet);
            receiver.send(packet);
            DatagramPacket answer = new DatagramPacket(new byte[4], 4);
            sender.receive(answer);
            return new String(answer.getData(), StandardCharsets.UTF_8);
        }
    }

    private static DatagramPacket ping() {
        byte[] bytes = "ping".getBytes(StandardCharsets.UTF_8);
        return new DatagramPacket(bytes, bytes.length, new InetSocketAddress("10.244.1.1", 8080));
    }

    @Test
    @Needs(Peer.TC)
    void limitsBothDirections() throws Exception {
        String limits =
                ", \"runtimeConfig\": {\"bandwidth\": {\"ingressRate\": 8000000,"
                        + " \"ingressBurst\": 800000, \"egressRate\": 4000000,"
                        + " \"egressBurst\": 400000}}";
        String host =
                node.succeed("ADD", "c1", pod, limits)
                        .path("interfaces")
                        .path(1)
                        .path("name")
                        .asText();

        assertThat(Sandbox.run(node.namespace, "tc", "qdisc", "show", "dev", host))
                .contains("tbf", "rate 8Mbit", "burst 100000b");
        assertThat(Sandbox.run(pod, "tc", "qdisc", "show", "dev", "eth0"))
                .contains("tbf", "rate 4Mbit", "burst 50000b");
        assertThat(Sandbox.reaches(pod, "10.244.1.1")).isTrue();
    }

    private static void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static String read(NetNamespace from, String address) throws IOException {
        return from.call(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getByName(address), 8080), 2000);
                socket.setSoTimeout(2000);
                try (InputStream in = socket.getInputStream()) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        });
    }
}
