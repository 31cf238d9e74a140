package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab whose interfaces, files, API objects and answers contain what a terminal would obey. */
@Needs({Peer.IP, Peer.KUBECTL})
class HostileLabIT {

    /** What is hostile: it clears the screen. Its C1 form, and one that reverses text. */
    private static final String CLEAR = "\u001b[2J";

    private static final String SHOWN = "\\u001b[2J";
    private static final String UNSAFE = "[\\p{Cc}\\p{Cf}&&[^\n\t\r]]";
    private static final String HOSTILE = CLEAR + "\u009b2J\u202e";

    /** In a node's own /run; what a command writes elsewhere on an embedded node, only it sees. */
    private static final String FILE = "/run/hostile.txt";

    private static final String STEP =
            """

                - name: hostile
                  title: The file says something else
                  command: cat /run/hostile.txt
                  budget: 1s
                  probe:
                    command: {on: "node:control-plane", argv: [cat, /run/hostile.txt], stdout: {equals: ""}}

            walkthrough: walk.yaml
            """;

    /** It fits no node, so that no kubelet overwrites its status. */
    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: hostile}
            spec:
              nodeSelector: {kubernetes.io/hostname: nowhere}
              containers: [{name: none, image: none}]
            """;

    private static final String STATUS =
            """
            {"status": {"reason": "\\u001b[2J", "conditions": [
              {"type": "Hostile", "status": "False", "message": "\\u001b[2J"}]}}
            """;

    private static final String WALK =
            """
            title: {en: Hostile}
            chapters:
              - id: chapter
                title: {en: Files}
                pages:
                  - id: page
                    title: {en: A file}
                    text: {en: It contains escape sequences.}
                    commands: ["docker exec ${node.name} cat /run/hostile.txt"]
            faults: []
            """;

    @TempDir private static Path folder;

    private static Machine machine;
    private static String node;

    @BeforeAll
    static void makeALabHostile() throws IOException {
        Path spec = folder.resolve("lab.yaml");
        String tutorial = Files.readString(Path.of("labs", "flannel-ipip.yaml"));
        Files.writeString(
                spec, tutorial.substring(0, tutorial.indexOf("    - name: nodes-ready")) + STEP);
        Files.writeString(folder.resolve("walk.yaml"), WALK);
        machine = Machine.start(folder.resolve("state"));
        ExecResult up = machine.lab("up", spec.toString(), "--name", "hostile", "--no-verify");
        assertThat(up.exitCode()).as(up.describe()).isZero();
        node = "hostile-control-plane";
        for (String each : List.of(node, "hostile-worker")) {
            String veth = veth(each);
            in(each, "ip", "link", "set", veth, "down");
            in(each, "ip", "link", "set", veth, "name", CLEAR + each.length());
            in(each, "ip", "link", "set", CLEAR + each.length(), "up");
        }
        ExecResult write =
                machine.lab("exec", node, "--", "sh", "-c", "echo \"$0\" >" + FILE, HOSTILE);
        assertThat(write.exitCode()).as(write.describe()).isZero();
        kubectl("apply", "-f", Files.writeString(folder.resolve("pod.yaml"), POD).toString());
        kubectl("patch", "pod", "hostile", "--subresource=status", "--type=merge", "-p", STATUS);
    }

    @AfterAll
    static void end() throws Exception {
        machine.close();
    }

    private static void in(String each, String... argv) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", each));
        words.addAll(Arrays.asList(argv));
        machine.run(words.toArray(String[]::new));
    }

    private static String kubectl(String... argv) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "kubectl",
                                "--kubeconfig",
                                machine.folder("hostile").resolve("kubeconfig").toString()));
        words.addAll(Arrays.asList(argv));
        return machine.run(words.toArray(String[]::new));
    }

    /** The port of cni0 that is the demo pod's. */
    private static String veth(String each) throws IOException {
        Path path = machine.path(NetNamespace.DIRECTORY.resolve(each));
        try (Connection connection = Connection.open(new NetNamespace(path))) {
            Links links = new Links(connection);
            int bridge = links.get("cni0").index();
            return links.list().stream()
                    .filter(link -> link.master() == bridge)
                    .findFirst()
                    .orElseThrow()
                    .name();
        }
    }

    private static String pod(String each) throws IOException {
        return kubectl(
                "get",
                "pods",
                "-l=app=demo",
                "--field-selector=spec.nodeName=" + each,
                "-o",
                "jsonpath={.items[0].metadata.name}");
    }

    /** Runs lab; what it prints has the hostile text, made safe. */
    private static ExecResult safe(String... arguments) throws IOException {
        ExecResult result = machine.lab(arguments);
        assertSafe(result.stdout() + result.stderr());
        return result;
    }

    private static void assertSafe(String printed) {
        // JSON escapes with uppercase digits.
        assertThat(printed).containsIgnoringCase(SHOWN);
        assertThat(printed).doesNotContainPattern(UNSAFE);
    }

    @Test
    void graph() throws IOException {
        safe("graph");
        String json = safe("graph", "-o", "json").stdout();
        assertThat(new JsonMapper().readTree(json).at("/veths/0/outer/link").asText())
                .startsWith(CLEAR);
        ExecResult mermaid = machine.lab("graph", "-o", "mermaid");
        assertThat(mermaid.stdout()).contains("#27;#91;2J").doesNotContainPattern(UNSAFE);
        // XML has no escape for them.
        ExecResult svg = machine.lab("graph", "-o", "svg");
        assertThat(svg.stdout()).contains("\ufffd[2J").doesNotContainPattern(UNSAFE);
    }

    @Test
    void status() throws IOException {
        safe("status");
        safe("status", "-o", "json");
    }

    @Test
    void trace() throws IOException {
        ExecResult trace = safe("trace", pod(node), pod("hostile-worker"));
        assertThat(trace.exitCode()).as(trace.describe()).isZero();
    }

    @Test
    void capture() throws IOException {
        try (InteractiveProgram ping =
                new InteractiveProgram(
                        machine.start(
                                "exec", pod(node), "--", "ping", "-i", "0.2", "10.244.0.1"))) {
            assertThat(ping.process().isAlive()).isTrue();
            // Each echo request crosses the veth's end on the node, then cni0.
            safe("capture", "-c", "4", node, "icmp");
        }
    }

    @Test
    void verifyAndItsReportAndReplay() throws IOException {
        safe("verify");
        safe("verify", "-o", "tap");
        Path report = folder.resolve("report");
        safe("report", "--dir", report.toString());
        safe("replay", report.toString());
        safe("replay", report.toString(), "-o", "json");
    }

    @Test
    void logs() throws IOException {
        safe("logs");
    }

    @Test
    void walkAndItsKubectl() throws Exception {
        kubectl("annotate", "node", node, "note=" + HOSTILE);
        try (InteractiveProgram walk = new InteractiveProgram(machine.start("walk"))) {
            assertSafe(walk.await("u202e"));
            assertSafe(walk.say("docker exec " + node + " cat " + FILE, "u202e"));
            assertSafe(
                    walk.say(
                            "kubectl get node "
                                    + node
                                    + " -o jsonpath={.metadata.annotations.note}",
                            "u202e"));
            assertThat(walk.end()).isZero();
        }
    }

    @Test
    void execPassesBytesUnchanged() throws IOException {
        ExecResult exec = machine.lab("exec", node, "--", "cat", FILE);

        assertThat(exec.stdout()).isEqualTo(HOSTILE + "\n");
    }
}
