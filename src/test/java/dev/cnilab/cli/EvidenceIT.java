package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.graph.page.Browser;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph and the report of a running lab, and the report's replay after down. */
class EvidenceIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A failing step, inserted before the tutorial's last one. */
    private static final String WRONG =
            """
                - name: wrong
                  title: The bridge has an MTU that it has not
                  command: ip link show cni0
                  budget: 1s
                  probe:
                    link: {on: each-node, name: cni0, kind: bridge, mtu: "1"}

            """;

    private static final String LAST = "    - name: own-service\n";

    @TempDir private static Path folder;

    private static Machine machine;
    private static Path report;
    private static ExecResult reported;

    @BeforeAll
    static void reportOnALab() throws IOException {
        Path spec = folder.resolve("lab.yaml");
        String tutorial = Files.readString(Path.of("labs", "flannel-ipip.yaml"));
        String steps = tutorial.substring(0, tutorial.indexOf("\nwalkthrough:"));
        Files.writeString(spec, steps.replace(LAST, WRONG + LAST) + "\n");
        machine = Machine.start(folder.resolve("state"));
        ExecResult up = machine.lab("up", spec.toString(), "--name", "shown", "--no-verify");
        assertThat(up.exitCode()).as(up.describe()).isZero();
        report = folder.resolve("report");
        reported = machine.lab("report", "shown", "--dir", report.toString());
    }

    @AfterAll
    static void end() throws Exception {
        machine.close();
    }

    @Test
    void graphMatchesTheKernelsState() throws IOException {
        String bridge;
        Ipv4Prefix route;
        NetNamespace worker =
                new NetNamespace(machine.path(NetNamespace.DIRECTORY.resolve("shown-worker")));
        try (Connection connection = Connection.open(worker)) {
            Links links = new Links(connection);
            bridge = String.valueOf(links.get("cni0").mac());
            int tunnel = links.get("flannel.ipip").index();
            route =
                    new Routes(connection)
                            .list(Route.MAIN).stream()
                                    .filter(each -> each.dev() == tunnel)
                                    .findFirst()
                                    .orElseThrow()
                                    .dst();
        }

        String text = machine.lab("graph", "shown").stdout();
        assertThat(text)
                .contains(bridge)
                .contains("route " + route + " via 172.18.0.2 dev flannel.ipip");
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);

        JsonNode json = JSON.readTree(machine.lab("graph", "shown", "-o", "json").stdout());
        assertThat(json.path("nodes")).hasSize(2);
        assertThat(json.path("veths")).hasSize(4);
    }

    @Test
    void reportHasPassedAndFailedSteps() throws IOException {
        assertThat(reported.exitCode()).as(reported.describe()).isEqualTo(1);
        assertThat(reported.stdout())
                .contains("✗ wrong  ", "expected: 1", "seen: 1480")
                .endsWith("20 passed, 1 failed, 0 skipped\n");
        ExecResult sums =
                Command.of("sh", "-c", "cd \"$0\" && sha256sum -c SHA256SUMS", report.toString())
                        .run(Duration.ofSeconds(30));
        assertThat(sums.exitCode()).as(sums.describe()).isZero();
        assertThat(sums.stdout())
                .contains("report.html: OK", "graph.svg: OK", "trace/ethernet.pcap: OK");
    }

    @Test
    @Needs(Peer.TCPDUMP)
    void tcpdumpReadsTheReportsCaptures() throws IOException {
        Path capture = report.resolve("captures/capture-hops/4-shown-control-plane-eth0.pcap");
        ExecResult packets =
                Command.of("tcpdump", "-n", "-r", capture.toString()).run(Duration.ofSeconds(30));

        assertThat(packets.exitCode()).as(packets.describe()).isZero();
        assertThat(packets.stdout()).contains("IP 172.18.0.2 > 172.18.0.3: IP 10.244.0.");
    }

    @Test
    void reportHasNoSecrets() throws IOException {
        JsonNode kubeconfig =
                JSON.readTree(Files.readAllBytes(machine.folder("shown").resolve("kubeconfig")));
        List<String> secrets =
                Stream.of("client-key-data", "token")
                        .flatMap(name -> kubeconfig.findValuesAsText(name).stream())
                        .toList();

        assertThat(secrets).isNotEmpty();
        try (Stream<Path> files = Files.walk(report)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).doesNotContain("PRIVATE KEY");
                secrets.forEach(secret -> assertThat(content).doesNotContain(secret));
            }
        }
    }

    @Test
    void replayReproducesTheResults() throws IOException {
        JsonNode replay = replay(report, 1);

        assertThat(replay.path("same").asBoolean()).isTrue();
        assertThat(claims(replay)).isEqualTo(claims(document(report, "report.json")));
        assertThat(claims(replay)).hasSize(21);
    }

    @Test
    void changedFileIsDetected() throws IOException {
        Path copy = copy("changed");
        Files.writeString(copy.resolve("graph.json"), "{}");

        assertThat(replay(copy, 1).path("damage").get(0).asText())
                .isEqualTo("graph.json was changed");
    }

    /** Manipulated evidence with matching hashes leads to another result. */
    @Test
    void manipulatedObservationChangesTheResult() throws IOException {
        Path copy = copy("doctored");
        Path steps = copy.resolve("steps");
        Path answers = steps.resolve("node-cni0.json");
        Files.writeString(
                answers, Files.readString(answers).replace("\\\"mtu\\\":1480", "\\\"mtu\\\":1500"));
        Files.write(
                copy.resolve("captures/first-hop/" + onlyFile(copy.resolve("captures/first-hop"))),
                Files.readAllBytes(
                        copy.resolve(
                                "captures/capture-sanity/"
                                        + onlyFile(copy.resolve("captures/capture-sanity")))));
        Command.of(
                        "sh",
                        "-c",
                        "cd \"$0\" && find . -type f ! -name 'SHA256SUMS*' -printf '%P\\n' | sort"
                                + " | xargs sha256sum > SHA256SUMS.new && mv SHA256SUMS.new SHA256SUMS",
                        copy.toString())
                .run(Duration.ofSeconds(30));

        JsonNode replay = replay(copy, 1);
        assertThat(replay.path("damage")).isEmpty();
        assertThat(replay.path("same").asBoolean()).isFalse();
        assertThat(replay.path("different").toString())
                .isEqualTo(
                        "[{\"step\":\"node-cni0\",\"recorded\":\"passed\"},"
                                + "{\"step\":\"first-hop\",\"recorded\":\"passed\"}]");
    }

    @Test
    @Needs(Peer.CHROMIUM)
    void pageRendersInABrowser() throws IOException {
        try (Browser browser = Browser.start(folder.resolve("profile"), false)) {
            browser.open(report.resolve("report.html").toUri().toString());
            assertThat(browser.value("document.querySelectorAll('details.outcome').length"))
                    .isEqualTo("21");
            assertThat(browser.value("document.querySelectorAll('details.outcome[open]').length"))
                    .isEqualTo("1");
            int hops = document(report, "trace.json").findValues("headers").size();
            assertThat(hops).isGreaterThan(20);
            for (int hop = 1; hop <= hops; hop++) {
                assertThat(browser.value("document.getElementById('position').textContent"))
                        .isEqualTo(hop + " of " + hops);
                assertThat(browser.value("document.querySelectorAll('.now').length"))
                        .as("hop %d", hop)
                        .isNotEqualTo("0");
                browser.press("ArrowRight");
            }
            assertThat(browser.errors()).isEmpty();
            assertThat(browser.requests())
                    .containsExactly(report.resolve("report.html").toUri().toString());
        }
    }

    /** Replays on this machine, without the lab. */
    private static JsonNode replay(Path evidence, int exitCode) throws IOException {
        Program.Run run =
                Program.in(folder.resolve("no-labs"), Map.of())
                        .run("replay", evidence.toString(), "-o", "json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        return JSON.readTree(run.out());
    }

    private static JsonNode document(Path evidence, String name) throws IOException {
        return JSON.readTree(Files.readAllBytes(evidence.resolve(name)));
    }

    /** The steps' results without durations and diagnosis. */
    private static ArrayNode claims(JsonNode document) {
        ArrayNode steps = document.path("steps").deepCopy();
        steps.forEach(
                step -> ((ObjectNode) step).remove(List.of("milliseconds", "looks", "reason")));
        return steps;
    }

    private static String onlyFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow().getFileName().toString();
        }
    }

    private static Path copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        Command.of("cp", "-r", report.toString(), copy.toString()).run(Duration.ofSeconds(30));
        return copy;
    }
}
