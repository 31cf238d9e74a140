package dev.cnilab.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Node;
import dev.cnilab.evidence.tape.RecordedQuery;
import dev.cnilab.evidence.tape.RecordedReply;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.ProbeSpec;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import dev.cnilab.spec.StepSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Missing nodes of the lab are reported although the cluster has others. */
class NodesReadyTest {

    private final LabSpec lab;

    NodesReadyTest() throws IOException, SpecException {
        lab = SpecLoader.load(SpecLoader.find("flannel-ipip"));
    }

    @Test
    void passesWithAllOfTheLabsNodes() {
        assertThat(ready(lab, "flannel-ipip-control-plane", "flannel-ipip-worker")).isTrue();
    }

    @Test
    void failsWithoutAnyOfTheLabsNodes() {
        assertThat(ready(lab, "somebody", "else")).isFalse();
    }

    @Test
    void failsWithoutOneOfTheLabsNodes() {
        assertThat(ready(lab, "flannel-ipip-control-plane")).isFalse();
    }

    @Test
    void existingClustersMayHaveOtherNodeNames() {
        assertThat(ready(lab.withoutNodes(), "somebody", "else")).isTrue();
        assertThat(ready(lab.withoutNodes())).isFalse();
    }

    private static boolean ready(LabSpec lab, String... names) {
        List<Node> nodes = Stream.of(names).map(NodesReadyTest::node).toList();
        Tape tape =
                new Tape(
                        List.of(
                                entry(RecordedQuery.Kind.NODES, new RecordedReply.Nodes(nodes)),
                                entry(RecordedQuery.Kind.PODS, new RecordedReply.Pods(List.of())),
                                entry(
                                        RecordedQuery.Kind.SERVICES,
                                        new RecordedReply.Services(List.of()))));
        StepSpec step =
                lab.verify().steps().stream()
                        .filter(each -> each.probe() instanceof ProbeSpec.NodesReady)
                        .findFirst()
                        .orElseThrow();
        StepResult result =
                new Verifier(
                                lab,
                                new ReplayedView(tape),
                                new StepFilter(List.of()),
                                TimeFactor.NONE)
                        .once(step);
        return result.outcome() instanceof Outcome.Passed;
    }

    private static Tape.Entry entry(RecordedQuery.Kind kind, RecordedReply answer) {
        return new Tape.Entry(new RecordedQuery(kind, Optional.empty(), List.of()), answer);
    }

    private static Node node(String name) {
        return new Node(
                name,
                Node.Role.WORKER,
                Ipv4Address.parse("172.18.0.3"),
                Optional.empty(),
                true,
                "v1.27.3",
                List.of());
    }
}
