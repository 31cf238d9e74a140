package dev.cnilab.embedded.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.Sysctl;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.NetworkState;
import dev.cnilab.netlink.Sandbox;
import dev.cnilab.netlink.Scene;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node 172.18.0.2 with pods a and b on its bridge, and an outside host, 172.18.0.1. */
class ServiceProxyIT {

    private static final String CLUSTER_IP = "10.96.1.0";
    private static final String NODE = "172.18.0.2";
    private static final int NODE_PORT = 32000;
    private static final Duration BUDGET = Duration.ofSeconds(10);

    @RegisterExtension private final Sandbox sandbox = new Sandbox();

    private final Store store = new Store();
    private final List<AutoCloseable> open = new ArrayList<>();
    private NetNamespace node;
    private NetNamespace outside;
    private NetNamespace a;
    private NetNamespace b;

    @BeforeEach
    void network() throws IOException {
        node = sandbox.namespace();
        outside = sandbox.namespace();
        a = sandbox.namespace();
        b = sandbox.namespace();
        Scene.in(node).up("lo").bridge("cni0").up("cni0").address("10.244.0.1/24", "cni0");
        node.run(() -> new Sysctl("net.ipv4.ip_forward").write("1"));
        Scene.in(node).veth("eth0", "port0", outside).address("172.18.0.2/16", "eth0");
        Scene.in(outside).address("172.18.0.1/16", "port0");
        Scene.in(node).routeVia("default", "172.18.0.1");
        pod(a, "va", "10.244.0.5");
        pod(b, "vb", "10.244.0.6");
        store.create(
                ResourceType.NODE,
                json("{'metadata': {'name': 'n'}, 'spec': {'podCIDR': '10.244.0.0/24'}}"));
        bridgeSeen("1");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void aPodThatCallsAClusterIpKeepsItsAddress() throws Exception {
        service("", "10.244.0.6");
        proxy();
        assertThat(answer(a, CLUSTER_IP, 80)).isEqualTo("b sees 10.244.0.5");
    }

    @Test
    void masqueradesWithoutBrNetfilter() throws Exception {
        bridgeSeen("0");
        service("", "10.244.0.6");
        proxy();
        assertThat(answer(a, CLUSTER_IP, 80)).isEqualTo("b sees 10.244.0.1");
    }

    @Test
    void callsFromTheNodeAndToNodePortsAreMasqueraded() throws Exception {
        service("", "10.244.0.6");
        proxy();
        assertThat(answer(node, CLUSTER_IP, 80)).isEqualTo("b sees 10.244.0.1");
        assertThat(answer(outside, NODE, NODE_PORT)).isEqualTo("b sees 10.244.0.1");
        assertThat(answer(a, NODE, NODE_PORT)).isEqualTo("b sees 10.244.0.1");
        assertThat(answer(node, NODE, NODE_PORT)).isEqualTo("b sees 10.244.0.1");
    }

    @Test
    void externalTrafficPolicyLocalKeepsTheClientAddress() throws Exception {
        service("'externalTrafficPolicy': 'Local',", "10.244.0.6");
        proxy();
        assertThat(answer(outside, NODE, NODE_PORT)).isEqualTo("b sees 172.18.0.1");
    }

    @Test
    void aPodReachesItselfThroughItsService() throws Exception {
        Scene.in(node).hairpin("va");
        service("", "10.244.0.5");
        proxy();
        assertThat(answer(a, CLUSTER_IP, 80)).isEqualTo("a sees 10.244.0.1");
    }

    @Test
    void distributesConnections() throws Exception {
        service("", "10.244.0.5", "10.244.0.6");
        proxy();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 64 && seen.size() < 2; i++) {
            seen.add(answer(outside, NODE, NODE_PORT).substring(0, 1));
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void rejectsConnectionsWithoutEndpoints() throws Exception {
        service("");
        proxy();
        refused(a, CLUSTER_IP, 80);
        refused(node, CLUSTER_IP, 80);
        refused(outside, NODE, NODE_PORT);
        endpoints("10.244.0.6");
        eventually("b sees 10.244.0.1");
        endpoints("10.244.0.5");
        eventually("a sees 10.244.0.1");
    }

    @Test
    void closeDeletesTheRules() throws Exception {
        service("", "10.244.0.6");
        proxy();
        open.removeLast().close();
        assertThat(hasTable()).isFalse();
        refused(outside, NODE, NODE_PORT);
    }

    private void proxy() throws IOException {
        open.add(ServiceProxy.start(store, node, "n", Ipv4Prefix.parse("10.244.0.0/16")));
        long deadline = System.nanoTime() + BUDGET.toNanos();
        while (!hasTable()) {
            assertThat(System.nanoTime()).as("the table's time limit").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private boolean hasTable() throws IOException {
        return NetworkState.of(node).stream()
                .anyMatch(line -> line.startsWith("nft table ") && line.contains("lab-proxy"));
    }

    private void pod(NetNamespace pod, String veth, String address) throws IOException {
        Scene.in(node).veth(veth, "eth0", pod).master(veth, "cni0");
        Scene.in(pod).up("lo").address(address + "/24", "eth0").routeVia("default", "10.244.0.1");
        ServerSocket server = pod.call(() -> new ServerSocket(8080));
        open.add(server);
        Thread.ofPlatform().daemon().start(() -> serve(server, veth.substring(1)));
    }

    private static void serve(ServerSocket server, String name) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                String text = name + " sees " + client.getInetAddress().getHostAddress();
                client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The client disconnected, or the test is over: the loop's condition decides.
            }
        }
    }

    private static String answer(NetNamespace from, String address, int port) throws IOException {
        return from.call(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 3000);
                socket.setSoTimeout(3000);
                byte[] bytes = socket.getInputStream().readAllBytes();
                return new String(bytes, StandardCharsets.UTF_8);
            }
        });
    }

    private static void refused(NetNamespace from, String address, int port) {
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> answer(from, address, port))
                .withMessageContaining("refused");
    }

    private void eventually(String expected) throws IOException {
        long deadline = System.nanoTime() + BUDGET.toNanos();
        String seen = "";
        while (!seen.equals(expected)) {
            assertThat(System.nanoTime()).as("last seen: %s", seen).isLessThan(deadline);
            try {
                seen = answer(outside, NODE, NODE_PORT);
            } catch (ConnectException e) {
                seen = e.toString();
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private void service(String more, String... endpoints) {
        store.create(
                ResourceType.SERVICE,
                json(
                        """
                        {'metadata': {'namespace': 'default', 'name': 'demo'},
                         'spec': {'type': 'NodePort', 'clusterIP': '10.96.1.0', %s
                                  'ports': [{'port': 80, 'nodePort': 32000, 'protocol': 'TCP'}]}}
                        """
                                .formatted(more)));
        store.create(
                ResourceType.ENDPOINT_SLICE,
                json(
                        """
                        {'metadata': {'namespace': 'default', 'name': 'demo-1',
                                      'labels': {'kubernetes.io/service-name': 'demo'}},
                         'addressType': 'IPv4', 'ports': [{'port': 8080, 'protocol': 'TCP'}],
                         'endpoints': []}
                        """));
        endpoints(endpoints);
    }

    private void endpoints(String... addresses) {
        store.update(
                ResourceType.ENDPOINT_SLICE,
                "default",
                "demo-1",
                slice -> {
                    slice.putArray("endpoints");
                    for (String address : addresses) {
                        slice.withArrayProperty("endpoints")
                                .addObject()
                                .put("nodeName", "n")
                                .putArray("addresses")
                                .add(address);
                    }
                    return slice;
                });
    }

    private void bridgeSeen(String value) throws IOException {
        node.run(() -> new Sysctl("net.bridge.bridge-nf-call-iptables").write(value));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
