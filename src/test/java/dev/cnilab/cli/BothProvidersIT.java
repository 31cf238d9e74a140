package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same commands on real kind and on an embedded lab print the same, except for names, addresses
 * and MACs. LAB_KIND_LAB is the kind lab, which is up; kubectl and docker are real.
 */
@Tag("kind-lab")
class BothProvidersIT {

    private static final JsonMapper JSON = new JsonMapper();

    /** Indexes, counters and durations. */
    private static final Pattern COUNTED =
            Pattern.compile("(?m)^\\d+(?=: )|(?<=@if)\\d+|(?<=time[= ])[\\d.]+|(?<=^rtt ).*| +$");

    /** Columns with equal values; the others are versions and ages. */
    private static final List<String> ALIKE =
            List.of("NAMESPACE", "NAME", "READY", "STATUS", "IP", "NODE", "INTERNAL-IP");

    /** Rows of both labs; kubeadm's pods are on real kind only. */
    private static final Pattern OF_BOTH = Pattern.compile("(demo|lab-ipip)-\\w{5} | Ready ");

    @TempDir private static Path state;
    private static Machine machine;
    private static TypedLab kind;
    private static TypedLab embedded;

    private static final String UP =
            "./lab up flannel-ipip --name beside --provider embedded --no-verify --nodes ";

    @BeforeAll
    static void up() throws IOException {
        kind = TypedLab.kind(System.getenv("LAB_KIND_LAB"));
        machine = Machine.start(state);
        String nodes = String.valueOf(kind.type("kubectl get nodes -o name").lines().count());
        embedded = TypedLab.embedded("beside", machine);
        assertThat(embedded.type(UP + nodes)).contains("lab beside is up");
        for (TypedLab lab : List.of(kind, embedded)) {
            serveOnePod(lab);
            assertThat(keepNeighboursReachable(lab, 3_600)).contains("1 received");
        }
    }

    @AfterAll
    static void down() throws IOException, InterruptedException {
        String pod = kind.pod(kind.worker());
        kind.type("kubectl delete service only; kubectl label pod %s only-".formatted(pod));
        keepNeighboursReachable(kind, 30);
        machine.close();
    }

    /** A Service with one endpoint, the worker's pod, so that a trace to it has one path. */
    private static void serveOnePod(TypedLab lab) throws IOException {
        String made =
                lab.type(
                        "kubectl label pod %1$s only=here && kubectl expose pod %1$s --name only --port 80 --selector only=here --type NodePort"
                                .formatted(lab.pod(lab.worker())));
        assertThat(made).doesNotContain("exit code");
    }

    /**
     * Keeps neighbours reachable: packets that br_netfilter translates to a pod of the same bridge
     * stay on the bridge while that neighbour is reachable, and pass cni0 once it is stale:
     * br_nf_pre_routing_finish_bridge in net/bridge/br_netfilter_hooks.c.
     */
    private static String keepNeighboursReachable(TypedLab lab, int seconds) throws IOException {
        String worker = "./lab exec " + lab.worker() + " -- ";
        return lab.type(
                String.join(
                        " && ",
                        worker
                                + "sysctl -w net.ipv4.neigh.cni0.base_reachable_time_ms="
                                + seconds * 1_000,
                        worker + "ip neigh flush dev cni0",
                        worker + "ping -c 1 " + lab.address(lab.pod(lab.worker()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POD WORKER_POD",
                "POD only",
                "outside CONTROL_PLANE --tcp NODE_PORT",
                "CONTROL_PLANE WORKER_POD",
                "WORKER_POD only",
                "POD WORKER_POD --size 1453 --df"
            })
    void packetsTakeTheSamePath(String arguments) throws IOException {
        assertThat(trace(kind, arguments)).isEqualTo(trace(embedded, arguments));
    }

    private static String trace(TypedLab lab, String arguments) throws IOException {
        String port = lab.type("kubectl get svc only -o jsonpath='{.spec.ports[0].nodePort}'");
        String filled = filled(lab, arguments).replace("NODE_PORT", port.strip());
        String json =
                lab.type("./lab trace " + filled + " -o json").replaceFirst("exit code 1\\s*$", "");
        try {
            List<String> likeness = new NormalizedOutput(lab.name()).ofTrace(JSON.readTree(json));
            return String.join("\n", likeness);
        } catch (JsonProcessingException e) {
            throw new IOException(json, e);
        }
    }

    /** The tutorial's commands, with this lab's names and addresses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubectl get node -o wide --no-headers | grep -E \"control-plane|bpf1\" | awk -F \" \" '{print $6}'",
                "kubectl taint nodes $(kubectl get nodes -o name | grep control-plane) node-role.kubernetes.io/control-plane:NoSchedule-",
                "kubectl get nodes -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}' | grep control-plane",
                "docker exec flannel-ipip-control-plane curl -s 10.244.1.6",
                "docker exec flannel-ipip-control-plane curl -s 10.244.0.3",
                "kubectl exec demo-w4dft -- curl -s 10.244.1.6",
                "kubectl exec demo-w4dft -- route -n",
                "kubectl exec demo-w4dft -- ip address show eth0",
                "docker exec flannel-ipip-control-plane ip address show cni0"
            })
    void tutorialsCommandsPrintTheSame(String line) throws IOException {
        String real = typed(kind, line);
        assertThat(real).isNotBlank().isEqualTo(typed(embedded, line));
    }

    private static String typed(TypedLab lab, String line) throws IOException {
        String renamed =
                line.replace("flannel-ipip-control-plane", lab.controlPlane())
                        .replace("demo-w4dft", lab.pod(lab.controlPlane()))
                        .replace("10.244.0.3", lab.address(lab.pod(lab.controlPlane())))
                        .replace("10.244.1.6", lab.address(lab.pod(lab.worker())));
        return new NormalizedOutput(lab.name())
                .of(COUNTED.matcher(lab.type(renamed)).replaceAll(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubectl get nodes -o wide",
                "kubectl get pods -A -o wide",
                "kubectl get pods -o wide"
            })
    void tutorialsTablesHaveTheSameColumns(String line) throws IOException {
        assertThat(table(kind, line)).isEqualTo(table(embedded, line));
    }

    /** The header and the equal columns of rows of both labs, sorted, since names differ. */
    private static String table(TypedLab lab, String line) throws IOException {
        List<String> lines = lab.type(line).lines().toList();
        List<String> header = columns(lines.getFirst());
        String rows =
                lines.stream()
                        .skip(1)
                        .map(BothProvidersIT::columns)
                        .peek(row -> assertThat(row).as(line).hasSameSizeAs(header))
                        .map(row -> alike(header, row))
                        .filter(row -> OF_BOTH.matcher(row).find())
                        .map(row -> new NormalizedOutput(lab.name()).of(row))
                        .sorted()
                        .collect(Collectors.joining("\n"));
        return header + "\n" + rows;
    }

    private static List<String> columns(String line) {
        return List.of(line.strip().split(" {2,}"));
    }

    private static String alike(List<String> header, List<String> row) {
        return ALIKE.stream()
                .filter(header::contains)
                .map(header::indexOf)
                .map(row::get)
                .collect(Collectors.joining(" "));
    }

    @Test
    void walkthroughPassesOnRealKind() throws IOException {
        assertThat(kind.type("./lab walk --script"))
                .contains("services/hairpin", "break forward")
                .doesNotContain("✗", "exit code", "${");
    }

    private static String filled(TypedLab lab, String arguments) throws IOException {
        return arguments
                .replace("WORKER_POD", lab.pod(lab.worker()))
                .replace("POD", lab.pod(lab.controlPlane()))
                .replace("CONTROL_PLANE", lab.controlPlane());
    }
}
