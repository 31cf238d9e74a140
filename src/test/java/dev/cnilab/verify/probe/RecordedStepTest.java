package dev.cnilab.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.evidence.tape.RecordedReply;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.host.ExecResult;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.spec.StepSpec;
import dev.cnilab.testbed.TapeFolder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps of the bundled lab, on what a real one answered, and on answers that were changed. */
class RecordedStepTest {

    /** Section and interface of a pcapng file, without any packet. */
    private static final int HEADERS = 28;

    static List<String> steps() throws SpecException {
        return spec().verify().steps().stream().map(StepSpec::name).toList();
    }

    private static LabSpec spec() throws SpecException {
        return SpecLoader.load("flannel-ipip").withName(TapeFolder.LAB);
    }

    private static List<Claim> observe(String step, UnaryOperator<RecordedReply> change)
            throws IOException, SpecException {
        Tape tape =
                new Tape(
                        TapeFolder.of("verify/probe", step).tape().entries().stream()
                                .map(entry ->
                                        new Tape.Entry(
                                                entry.question(), change.apply(entry.answer())))
                                .toList());
        LabSpec spec = spec();
        StepSpec described =
                spec.verify().steps().stream()
                        .filter(each -> each.name().equals(step))
                        .findFirst()
                        .orElseThrow();
        return Probes.of(
                        described.probe(),
                        ProbeContext.of(spec, new ReplayedView(tape), TimeFactor.NONE))
                .observe();
    }

    private static List<Claim> failing(String step, UnaryOperator<RecordedReply> change)
            throws IOException, SpecException {
        return observe(step, change).stream().filter(claim -> !claim.holds()).toList();
    }

    /** Replaces text in what commands printed. */
    private static UnaryOperator<RecordedReply> printed(String regex, String other) {
        return reply ->
                reply instanceof RecordedReply.Ended(ExecResult result)
                        ? new RecordedReply.Ended(
                                new ExecResult(
                                        result.argv(),
                                        result.exitCode(),
                                        result.stdout().replaceAll(regex, other),
                                        result.stderr()))
                        : reply;
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyClaimHoldsOnWhatTheLabAnswered(String step) throws Exception {
        assertThat(observe(step, UnaryOperator.identity()))
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(claim.holds()).as(claim.toString()).isTrue());
    }

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    node-cni0    | "mtu":1480           | "mtu":1500                | taped-control-plane: cni0 mtu       | 1480                 | 1500
                    node-cni0    | "ifname":"cni0"      | "ifname":"cni1"           | taped-worker: cni0                  | there                | absent
                    node-cni0    | 10\\.244\\.0\\.1"    | 10.244.0.9"               | taped-control-plane: cni0 addresses | [10.244.0.1/24]      | [10.244.0.9/24]
                    tunnel-device | "UP"               | "NO-CARRIER"              | taped-worker: flannel.ipip          | up                   | down
                    node-routes  | "flags":\\["onlink"\\] | "flags":[]              | taped-worker                        | 10.244.0.0/24 via 172.18.0.2 dev flannel.ipip onlink | 10.244.0.0/24 via 172.18.0.2 dev flannel.ipip
                    node-routes  | "dst":"10.244.1.0/24" | "dst":"10.244.2.0/24"    | taped-control-plane                 | 10.244.1.0/24 via 172.18.0.3 dev flannel.ipip onlink | no route to 10.244.1.0/24
                    """)
    void aClaimSaysWhatWasExpectedAndWhatWasSeen(
            String step,
            String regex,
            String other,
            String subject,
            String expected,
            String observed)
            throws Exception {
        assertThat(failing(step, printed(regex, other)))
                .anySatisfy(claim -> {
                    assertThat(claim.subject()).isEqualTo(subject);
                    assertThat(claim.expected()).isEqualTo(expected);
                    assertThat(claim.observed()).isEqualTo(observed);
                });
    }

    @Test
    void aPodsRoutesAreExactlyThoseOfTheSpec() throws Exception {
        List<Claim> fewer = failing("pod-routes", printed("10\\.244\\.0\\.0 .* UG .*\n", ""));
        List<Claim> more =
                failing(
                        "pod-routes",
                        printed("$", "192.0.2.0 10.244.0.1 255.255.255.0 UG 0 0 0 eth0\n"));

        assertThat(fewer).hasSize(2);
        assertThat(fewer.getFirst().expected()).contains("255.255.0.0 UG");
        assertThat(fewer.getFirst().observed()).doesNotContain("255.255.0.0 UG");
        assertThat(more).hasSize(2);
    }

    @Test
    void theSourceThatABackendSawIsCompared() throws Exception {
        List<Claim> claims =
                failing("pod-to-pod", printed("X-Seen-Source: .*", "X-Seen-Source: 172.18.0.2"));

        assertThat(claims)
                .hasSize(2)
                .allSatisfy(claim -> {
                    assertThat(claim.subject()).contains(": source that demo-");
                    assertThat(claim.expected()).startsWith("10.244.");
                    assertThat(claim.observed()).isEqualTo("172.18.0.2");
                });
    }

    @Test
    void anAnswerOfAnotherPodIsNotTheOneAskedFor() throws Exception {
        assertThat(failing("pod-to-pod", printed("PodName: \\S+", "PodName: demo-other")))
                .hasSize(2)
                .allSatisfy(claim -> assertThat(claim.observed()).contains("PodName: demo-other"));
    }

    @Test
    void curlsComplaintIsWhatWasSeenWithoutAnAnswer() throws Exception {
        UnaryOperator<RecordedReply> timeouts =
                reply ->
                        reply instanceof RecordedReply.Ended(ExecResult result)
                                        && result.argv().getFirst().equals("curl")
                                ? new RecordedReply.Ended(
                                        new ExecResult(
                                                result.argv(),
                                                28,
                                                "\n--- end of answer, status 000\n",
                                                "curl: (28) Connection timed out\n"))
                                : reply;

        assertThat(failing("pod-to-pod", timeouts))
                .hasSize(2)
                .extracting(Claim::observed)
                .containsOnly("curl: (28) Connection timed out");
    }

    @Test
    void aPacketThatWasNotCapturedIsNotSeen() throws Exception {
        UnaryOperator<RecordedReply> nothingCaptured =
                reply ->
                        reply instanceof RecordedReply.Streamed(byte[] capture, String stderr)
                                ? new RecordedReply.Streamed(
                                        Arrays.copyOf(capture, HEADERS), stderr)
                                : reply;

        assertThat(failing("capture-hops", nothingCaptured))
                .isNotEmpty()
                .extracting(Claim::observed)
                .containsOnly("not seen");
        assertThat(failing("first-hop", nothingCaptured))
                .extracting(Claim::observed)
                .containsExactly("none");
    }

    @Test
    void thePayloadThatIsOneByteTooLongMustNotPass() throws Exception {
        UnaryOperator<RecordedReply> answered =
                reply ->
                        reply instanceof RecordedReply.Ended(ExecResult result)
                                ? new RecordedReply.Ended(
                                        new ExecResult(
                                                result.argv(), 0, result.stdout(), result.stderr()))
                                : reply;

        assertThat(failing("largest-payload", answered))
                .singleElement()
                .satisfies(claim -> {
                    assertThat(claim.subject()).contains("ping -M do -s 1453");
                    assertThat(claim.observed()).isEqualTo("an answer");
                });
    }

    @Test
    void aNodeThatIsMissingIsNotReady() throws Exception {
        UnaryOperator<RecordedReply> oneNode =
                reply ->
                        reply instanceof RecordedReply.Nodes(List<Node> nodes)
                                ? new RecordedReply.Nodes(nodes.subList(0, 1))
                                : reply;

        assertThat(failing("nodes-ready", oneNode))
                .singleElement()
                .satisfies(claim -> assertThat(claim.observed()).isEqualTo("absent"));
    }

    @Test
    void everyNodeNeedsAPodOfItsOwn() throws Exception {
        UnaryOperator<RecordedReply> withoutWorkers =
                reply ->
                        reply instanceof RecordedReply.Pods(List<Pod> pods)
                                ? new RecordedReply.Pods(
                                        pods.stream()
                                                .filter(pod ->
                                                        pod.node().stream()
                                                                .noneMatch(node ->
                                                                        node.endsWith("worker")))
                                                .toList())
                                : reply;

        assertThat(failing("demo-pods", withoutWorkers))
                .singleElement()
                .satisfies(claim -> assertThat(claim.subject()).isEqualTo("taped-worker"));
        assertThatThrownBy(() -> observe("first-hop", withoutWorkers))
                .isInstanceOf(IOException.class);
    }
}
