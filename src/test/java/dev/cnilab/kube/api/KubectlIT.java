package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.tls.Pki;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kubectl against the API. */
@Needs(Peer.KUBECTL)
class KubectlIT {
    private static final String MANIFEST =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: default}
            data: {a: "1", b: "2"}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: demo, namespace: default}
            spec:
              selector: {matchLabels: {app: demo}}
              template:
                metadata: {labels: {app: demo}}
                spec: {containers: [{name: demo, image: "demo:1", ports: [{containerPort: 80}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: demo, namespace: default}
            spec:
              type: NodePort
              selector: {app: demo}
              ports: [{port: 80, nodePort: 32000}]
            """;

    private record Result(int code, String out) {}

    @TempDir private Path directory;
    private TestApi api;

    @BeforeEach
    void open() throws IOException {
        api = new TestApi(directory);
        api.kubeconfig.write(directory.resolve("kubeconfig"));
        Files.writeString(directory.resolve("all.yaml"), MANIFEST);
        Files.writeString(
                directory.resolve("cm.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n");
    }

    @AfterEach
    void close() throws IOException {
        if (api != null) {
            api.close();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of(Peer.KUBECTL.path().toString()));
        argv.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", directory.resolve("kubeconfig").toString());
        builder.environment().put("HOME", directory.toString());
        return builder.start();
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out);
    }

    private String kubectl(String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        assertThat(result.code()).as(result.out()).isZero();
        return result.out();
    }

    @Test
    void getPrintsTheServersColumns() throws Exception {
        assertThat(kubectl("get", "nodes", "-o", "wide"))
                .containsPattern("NAME +STATUS +ROLES +AGE +VERSION +INTERNAL-IP")
                .containsPattern("node0 +Ready +worker +\\d+s +v1.32.0 +172.18.0.2");
        assertThat(kubectl("get", "pods", "-A", "-o", "wide"))
                .containsPattern("NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE +IP +NODE")
                .containsPattern("default +demo +1/1 +Running +2 +\\d+s +10.244.1.6 +node1");
        assertThat(kubectl("get", "po", "demo", "-o", "yaml")).contains("podIP: 10.244.1.6");
        assertThat(kubectl("get", "po", "-o", "name")).isEqualTo("pod/demo\n");
        assertThat(kubectl("get", "po", "-o", "jsonpath={.items[*].status.podIP}"))
                .isEqualTo("10.244.1.6");
        assertThat(kubectl("get", "nodes", "-l", "zone in (z1)", "-o", "name"))
                .isEqualTo("node/node1\n");
        assertThat(kubectl("get", "po", "-A", "--field-selector", "spec.nodeName=node0"))
                .contains("No resources found");
        assertThat(kubectl("api-resources")).contains("daemonsets").contains("ds");
        assertThat(kubectl("version")).contains("Server Version: v1.32.0");
        assertThat(kubectl("describe", "node", "node0")).contains("PodCIDR:");
        assertThat(kubectl("describe", "pod", "demo")).contains("10.244.1.6");
    }

    @Test
    void applyChangesAndDeletes() throws Exception {
        assertThat(kubectl("apply", "-f", "all.yaml"))
                .contains("configmap/settings created")
                .contains("daemonset.apps/demo created")
                .contains("service/demo created");
        assertThat(kubectl("apply", "-f", "all.yaml")).contains("daemonset.apps/demo unchanged");
        Files.writeString(
                directory.resolve("all.yaml"),
                MANIFEST.replace("demo:1", "demo:2").replace(", b: \"2\"", ""));
        Result diff = run("diff", "-f", "all.yaml");
        assertThat(diff.code()).as(diff.out()).isEqualTo(1);
        assertThat(diff.out()).contains("demo:2");
        assertThat(kubectl("apply", "-f", "all.yaml")).contains("daemonset.apps/demo configured");
        assertThat(kubectl("get", "ds", "demo", "-o", "jsonpath={..image}")).isEqualTo("demo:2");
        assertThat(kubectl("get", "cm", "settings", "-o", "jsonpath={.data}"))
                .isEqualTo("{\"a\":\"1\"}");
        assertThat(kubectl("get", "ds,svc,cm,ep,endpointslices,events,deploy"))
                .containsPattern("service/demo +NodePort +<none> +<none> +80:32000/TCP");
        assertThat(kubectl("delete", "-f", "all.yaml")).contains("service \"demo\" deleted");
        assertThat(api.store.list(ResourceType.DAEMON_SET)).isEmpty();
    }

    @Test
    void serverSideApplyReportsConflicts() throws Exception {
        assertThat(kubectl("apply", "--server-side", "-f", "all.yaml"))
                .contains("daemonset.apps/demo serverside-applied");
        Files.writeString(directory.resolve("all.yaml"), MANIFEST.replace("demo:1", "demo:2"));

        Result refused = run("apply", "--server-side", "--field-manager=other", "-f", "all.yaml");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.out()).contains("conflict with \"kubectl\"").contains("image");
        kubectl(
                "apply",
                "--server-side",
                "--field-manager=other",
                "--force-conflicts",
                "-f",
                "all.yaml");
        assertThat(kubectl("get", "ds", "demo", "-o", "jsonpath={..image}")).isEqualTo("demo:2");
    }

    @Test
    void objectsAreLabelledAndCordoned() throws Exception {
        assertThat(kubectl("label", "node", "node0", "disk=ssd")).contains("node/node0 labeled");
        assertThat(kubectl("annotate", "node", "node0", "x=y")).contains("annotated");
        assertThat(kubectl("taint", "node", "node0", "k=v:NoSchedule")).contains("tainted");
        assertThat(kubectl("taint", "node", "node0", "k-")).contains("untainted");
        assertThat(kubectl("cordon", "node0")).contains("cordoned");
        assertThat(kubectl("get", "node", "node0")).contains("Ready,SchedulingDisabled");
        assertThat(
                        kubectl(
                                "patch",
                                "node",
                                "node0",
                                "--type=json",
                                "-p",
                                "[{\"op\":\"remove\",\"path\":\"/metadata/labels/disk\"}]"))
                .contains("patched");
        assertThat(kubectl("create", "-n", "kube-system", "-f", "cm.yaml")).contains("created");
        assertThat(run("create", "-n", "nowhere", "-f", "cm.yaml").out())
                .contains("namespaces \"nowhere\" not found");
        assertThat(kubectl("create", "ns", "other")).isEqualTo("namespace/other created\n");
    }

    @Test
    void watchPrintsEachChange() throws Exception {
        Process watch = start("get", "cm", "-w");
        try (BufferedReader lines = watch.inputReader(StandardCharsets.UTF_8)) {
            api.create(ResourceType.CONFIG_MAP, "{metadata: {namespace: default, name: seen}}");
            assertThat(lines.readLine()).startsWith("NAME");
            assertThat(lines.readLine()).startsWith("seen");
        } finally {
            watch.destroy();
        }
    }

    @Test
    void unauthenticatedRequestsAreRejected() throws Exception {
        String server = "--server=https://127.0.0.1:" + api.port;
        String authority = "--certificate-authority=" + directory.resolve("pki/ca.crt");
        api.pki.client("somebody").write(directory, "somebody");
        Pki.open(directory.resolve("other")).client("stranger").write(directory, "stranger");
        Files.writeString(directory.resolve("kubeconfig"), "");
        assertThat(run("get", "nodes", server, authority, "--username=a", "--password=b").out())
                .contains("You must be logged in to the server");
        assertThat(run("get", "nodes", server, authority, "--token=wrong").out())
                .contains("You must be logged in to the server");
        assertThat(
                        kubectl(
                                "get",
                                "nodes",
                                server,
                                authority,
                                "--client-certificate=somebody.crt",
                                "--client-key=somebody.key"))
                .contains("node0");
        assertThat(
                        run(
                                        "get",
                                        "nodes",
                                        server,
                                        authority,
                                        "--client-certificate=stranger.crt",
                                        "--client-key=stranger.key")
                                .code())
                .isNotZero();
    }

    @Test
    void portIsForwarded() throws Exception {
        try (ServerSocket pod = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> echoLines(pod));
            Process forward = start("port-forward", "demo", ":" + pod.getLocalPort());
            try (BufferedReader lines = forward.inputReader(StandardCharsets.UTF_8)) {
                String port = lines.readLine().replaceAll(".*127.0.0.1:(\\d+) -> .*", "$1");
                for (String line : List.of("first", "second")) {
                    try (Socket socket =
                            new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
                        socket.getOutputStream()
                                .write((line + "\n").getBytes(StandardCharsets.UTF_8));
                        socket.shutdownOutput();
                        assertThat(
                                        new String(
                                                socket.getInputStream().readAllBytes(),
                                                StandardCharsets.UTF_8))
                                .isEqualTo(line + "\n");
                    }
                }
            } finally {
                forward.destroy();
            }
        }
    }

    private static void echoLines(ServerSocket server) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                }
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    @Test
    void logsAndExec() throws Exception {
        assertThat(kubectl("logs", "demo")).isEqualTo("one of demo\ntwo of demo\n");
        Result exec = run("exec", "demo", "--", "sh", "-c", "echo out; echo err >&2; exit 3");
        assertThat(exec.code()).isEqualTo(3);
        assertThat(exec.out()).contains("out").contains("err").contains("exit code 3");

        Process cat = start("exec", "-i", "demo", "--", "cat");
        cat.getOutputStream().write("through\n".getBytes(StandardCharsets.UTF_8));
        cat.getOutputStream().close();
        assertThat(new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("through\n");
        assertThat(cat.waitFor(20, TimeUnit.SECONDS)).isTrue();

        Process follow = start("logs", "-f", "demo");
        try (BufferedReader lines = follow.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("line");
        } finally {
            follow.destroy();
        }
    }
}
