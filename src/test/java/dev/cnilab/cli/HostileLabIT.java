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
@Needs(Peer.KUBECTL)
class HostileLabIT {

    /** What is hostile: it clears the screen. Its C1 form, and one that reverses text. */
    private static final String CLEAR = "\u001b[2J";

    private static final String SHOWN = "\\u001b[2J";
    private static final String HOSTILE = CLEAR + "\u009b2J\u202e";

    private static final String STEP =
            """

                - name: hostile
                  title: The file says something else
                  command: cat /root/startup_monitor.txt
                  budget: 1s
                  probe:
                    command: {on: control-plane, argv: [cat, /root/startup_monitor.txt], stdout: {equals: ""}}
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
        machine.lab(
                "exec",
                node,
                "--",
                "sh",
                "-c",
                "printf '%s\\n' \"$0\" >/root/startup_monitor.txt",
                HOSTILE);
        kubectl(
                "patch",
                "pod",
                pod(node),
                "--subresource=status",
                "-p",
                "{\"status\":{\"reason\":\"\\u001b[2J\"}}");
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
        assertThat(printed).contains(SHOWN).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n\t\r]]");
    }

    @Test
    void graph() throws IOException {
        safe("graph");
        String json = safe("graph", "-o", "json").stdout();
        assertThat(new JsonMapper().readTree(json).toString()).contains(SHOWN);
        safe("graph", "-o", "mermaid");
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
    void capture() throws Exception {
        try (InteractiveProgram capture =
                new InteractiveProgram(machine.start("capture", "-c", "1", node, "icmp"))) {
            machine.lab("exec", pod(node), "--", "ping", "-c", "30", "-i", "0.3", "10.244.0.1");
            assertSafe(capture.await("\n"));
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
            assertSafe(walk.say("docker exec " + node + " cat /root/startup_monitor.txt", "u202e"));
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
        ExecResult exec = machine.lab("exec", node, "--", "cat", "/root/startup_monitor.txt");

        assertThat(exec.stdout()).isEqualTo(HOSTILE + "\n");
    }
}
