package dev.cnilab.evidence.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Tunnels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TapeTest {

    private static final Place WORKER = new Place.OnNode("lab-worker");
    private static final Place DEMO = new Place.InPod("default", "demo-w4dft");
    private static final List<String> CURL = List.of("curl", "-s", "10.96.0.10:80");
    private static final List<String> CAPTURE = List.of("capture", "-i", "eth0");

    private static final Node NODE =
            new Node(
                    "lab-worker",
                    Node.Role.WORKER,
                    Ipv4Address.parse("172.18.0.3"),
                    Optional.of(Ipv4Prefix.parse("10.244.1.0/24")),
                    true,
                    "v1.27.3",
                    List.of("key=value:NoSchedule"));
    private static final Pod PENDING =
            new Pod(
                    "default",
                    "demo-w4dft",
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    "Pending",
                    false,
                    0,
                    1,
                    3,
                    Instant.parse("2026-01-02T03:04:05Z"),
                    Map.of("app", "demo"),
                    "no node fits");
    private static final Service SERVICE =
            new Service(
                    "default",
                    "demo",
                    "NodePort",
                    Optional.of(Ipv4Address.parse("10.96.0.10")),
                    80,
                    32000,
                    Map.of("app", "demo"));

    private static Tape full() {
        Tape tape = new Tape();
        tape.add(
                RecordedQuery.of(RecordedQuery.Kind.NODES), new RecordedReply.Nodes(List.of(NODE)));
        tape.add(
                RecordedQuery.of(RecordedQuery.Kind.PODS),
                new RecordedReply.Pods(List.of(PENDING)));
        tape.add(
                RecordedQuery.of(RecordedQuery.Kind.SERVICES),
                new RecordedReply.Services(List.of(SERVICE)));
        tape.add(
                RecordedQuery.of(RecordedQuery.Kind.TUNNEL),
                new RecordedReply.TunnelAnswer(Optional.of(Tunnels.VXLAN)));
        tape.add(curl(), new RecordedReply.Ended(new ExecResult(CURL, 0, "first", "")));
        tape.add(curl(), new RecordedReply.Ended(new ExecResult(CURL, 0, "second", "")));
        tape.add(
                RecordedQuery.of(RecordedQuery.Kind.EXEC, new Place.Outside(), CURL),
                new RecordedReply.Failed("it did not end"));
        tape.add(
                RecordedQuery.of(RecordedQuery.Kind.START, WORKER, CAPTURE),
                new RecordedReply.Streamed(new byte[] {0, -1, 7}, "listening on eth0\n"));
        return tape;
    }

    private static RecordedQuery curl() {
        return RecordedQuery.of(RecordedQuery.Kind.EXEC, DEMO, CURL);
    }

    /** A tape written to JSON and files, and read again. */
    private static ReplayedView replayed() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        String text =
                TapeJson.write(
                                full(),
                                (question, stdout) -> {
                                    files.put("capture.pcap", stdout);
                                    return "capture.pcap";
                                })
                        .toString();
        JsonNode json = new ObjectMapper().readTree(text);
        return new ReplayedView(
                TapeJson.read(json, file -> Objects.requireNonNull(files.get(file))));
    }

    @Test
    void apiRepliesAreReplayed() throws IOException {
        ReplayedView view = replayed();

        assertThat(view.nodes()).containsExactly(NODE);
        assertThat(view.pods()).containsExactly(PENDING);
        assertThat(view.services()).containsExactly(SERVICE);
        assertThat(view.tunnel()).contains(Tunnels.VXLAN);
    }

    @Test
    void equalCommandsReplayInOrderThenTheLast() throws IOException {
        ReplayedView view = replayed();

        assertThat(view.exec(DEMO, CURL, Duration.ZERO).stdout()).isEqualTo("first");
        assertThat(view.exec(DEMO, CURL, Duration.ZERO).stdout()).isEqualTo("second");
        assertThat(view.exec(DEMO, CURL, Duration.ZERO).stdout()).isEqualTo("second");
    }

    @Test
    void outputOfRunningCommandsIsReplayed() throws IOException {
        try (RunningCommand command = replayed().start(WORKER, CAPTURE)) {
            assertThat(command.stdout().readAllBytes()).containsExactly(0, -1, 7);
            assertThat(command.stderr()).hasContent("listening on eth0");
            assertThat(command.waitFor(Duration.ZERO)).hasValue(0);
        }
    }

    @Test
    void failuresAreReplayed() throws IOException {
        ReplayedView view = replayed();

        assertThatThrownBy(() -> view.exec(new Place.Outside(), CURL, Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessage("it did not end");
    }

    @Test
    void unrecordedQueryFails() throws IOException {
        ReplayedView view = replayed();

        assertThatThrownBy(() -> view.exec(WORKER, CURL, Duration.ZERO))
                .hasMessage("the evidence has no record of: curl -s 10.96.0.10:80 at lab-worker");
    }

    @Test
    void otherJsonIsRejected() {
        for (String text : List.of("[{}]", "[{\"asked\":\"EXEC\",\"at\":\"moon\"}]")) {
            assertThatThrownBy(() ->
                            TapeJson.read(new ObjectMapper().readTree(text), _ -> new byte[0]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
