package dev.cnilab.cli;

import static dev.cnilab.cli.Verdicts.arrived;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.image.ProgramImage;
import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.run.TraceRequest;
import dev.cnilab.trace.run.Tracer;
import dev.cnilab.trace.view.TraceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Traces that arrive: all hops with their reasons. */
@ExtendWith(SharedTracedLab.class)
class TraceIT {

    private static final List<String> TUNNELLED =
            List.of(
                    "pod eth0 out",
                    "control-plane veth in",
                    "control-plane cni0 in",
                    "control-plane flannel.ipip out",
                    "control-plane eth0 out",
                    "outside veth in",
                    "outside veth out",
                    "worker eth0 in",
                    "worker flannel.ipip in",
                    "worker cni0 out",
                    "worker veth out",
                    "worker-pod eth0 in");

    private final TracedLab lab;

    TraceIT(TracedLab lab) {
        this.lab = lab;
    }

    @Test
    void podToPodOnAnotherNodeUsesTheTunnel() throws IOException {
        Trace trace = lab.taped("pod-to-pod").ping(lab.pod(), lab.workerPod());

        arrived(trace);
        assertThat(lab.path(trace.request())).containsExactlyElementsOf(TUNNELLED);
        assertThat(lab.path(trace.reply())).containsExactlyElementsOf(turned(TUNNELLED));
        assertThat(trace.request()).extracting(Hop::nanos).isSorted();
        Hop wrapped = hop(trace.request(), "control-plane eth0 out");
        assertThat(wrapped.outer().orElseThrow().protocol()).isEqualTo(4);
        assertThat(wrapped.changes())
                .contains(
                        new Change(
                                Change.Field.OUTER,
                                "",
                                "172.18.0.2 > 172.18.0.3",
                                Reason.Kind.ENCAPSULATION));
        assertThat(
                        reason(
                                hop(trace.request(), "control-plane flannel.ipip out"),
                                Reason.Kind.ROUTE))
                .satisfies(reason -> {
                    assertThat(reason.text())
                            .startsWith("10.244.1.0/24 via 172.18.0.3 dev flannel.ipip");
                    assertThat(reason.entry())
                            .isEqualTo("10.244.1.0 172.18.0.3 255.255.255.0 UG flannel.ipip");
                });
        assertThat(trace.request())
                .extracting(hop -> hop.inner().ttl())
                .startsWith(64)
                .endsWith(62);
        assertThat(TraceText.of(trace).lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void nodeToPodUsesTheTunnelsAddress() throws IOException {
        Trace trace = lab.taped("node-to-pod").ping(lab.controlPlane(), lab.workerPod());

        arrived(trace);
        assertThat(trace.request().getFirst().inner().source()).hasToString("10.244.0.0");
        assertThat(lab.path(trace.request()))
                .containsExactlyElementsOf(TUNNELLED.subList(3, TUNNELLED.size()));
    }

    @Test
    @Needs(Peer.NFT)
    void fromOutsideANodePortLeadsToAPod() throws IOException {
        Trace trace = lab.taped("node-port").tcp("outside", lab.worker(), 32000);

        arrived(trace);
        assertThat(lab.path(trace.request()))
                .startsWith("outside br-kind out", "outside veth out", "worker eth0 in")
                .last()
                .asString()
                .endsWith("pod eth0 in");
        Hop translated = trace.request().get(3);
        assertThat(reason(translated, Reason.Kind.DNAT).text()).contains("external/default/demo");
        assertThat(reason(translated, Reason.Kind.SNAT).text()).contains("masquerade");
        assertThat(lab.path(trace.reply())).endsWith("outside br-kind in");
    }

    @Test
    void serviceLeadsToBothPodsIncludingTheCaller() throws IOException {
        List<String> ends = new ArrayList<>();
        TraceRequest request =
                TracedLab.request(
                        lab.pod(), "demo", OptionalInt.of(80), OptionalInt.empty(), false);
        try (Tracer tracer = lab.tracer(request)) {
            for (int i = 0; i < 40 && ends.size() < 2; i++) {
                Trace trace = tracer.trace();
                arrived(trace);
                String end = lab.path(trace.request()).getLast();
                if (!ends.contains(end)) {
                    ends.add(end);
                    service(trace, end);
                }
            }
        }
        assertThat(ends).containsExactlyInAnyOrder("pod eth0 in", "worker-pod eth0 in");
    }

    private void service(Trace trace, String end) throws IOException {
        List<Change> changes =
                trace.request().stream().flatMap(hop -> hop.changes().stream()).toList();
        assertThat(changes).extracting(Change::field).contains(Change.Field.DESTINATION);
        if (end.startsWith("worker")) {
            assertThat(lab.path(trace.request())).containsExactlyElementsOf(TUNNELLED);
            return;
        }
        // Hairpin: back out of the port of the bridge that it came in by, with the node's address.
        assertThat(lab.path(trace.request()))
                .startsWith("pod eth0 out", "control-plane veth in")
                .endsWith("control-plane veth out", "pod eth0 in");
        assertThat(trace.request().getLast().inner().source()).hasToString("10.244.0.1");
    }

    @Test
    void tooLongIsFragmentedAndReassembled() throws IOException {
        Trace trace = lab.taped("fragments").sized(lab.pod(), lab.workerPod(), 2000, false);

        arrived(trace);
        assertThat(lab.path(trace.request())).containsExactlyElementsOf(TUNNELLED);
        assertThat(trace.request().getFirst().frames()).isEqualTo(2);
    }

    @Test
    void podToPodOnTheSameNodeStaysOnTheBridge() throws IOException {
        String manifest =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: second, namespace: default}
                spec:
                  nodeName: %s
                  containers:
                    - {name: demo, image: "%s:%s", args: [demo]}
                """
                        .formatted(lab.controlPlane(), ProgramImage.REPOSITORY, Version.CURRENT);
        lab.cluster().objects().apply(manifest);
        try {
            assertThat(lab.cluster().await(this::secondIsReady, TracedLab.COMMAND)).isTrue();
            Trace trace = lab.ping(lab.pod(), "second");

            arrived(trace);
            List<String> there =
                    List.of("veth in", "cni0 in", "cni0 out", "veth out").stream()
                            .map(link -> "control-plane " + link)
                            .toList();
            assertThat(lab.path(trace.request()).subList(1, trace.request().size() - 1))
                    .isSubsetOf(there)
                    .startsWith("control-plane veth in")
                    .endsWith("control-plane veth out");
            assertThat(trace.request()).extracting(hop -> hop.inner().ttl()).containsOnly(64);
        } finally {
            lab.cluster().objects().delete(manifest);
        }
    }

    private boolean secondIsReady() throws IOException {
        return lab.cluster().pods().stream()
                .anyMatch(pod -> pod.name().equals("second") && pod.ready());
    }

    private Hop hop(List<Hop> hops, String at) throws IOException {
        int index = lab.path(hops).indexOf(at);
        assertThat(index).as(at + " in " + lab.path(hops)).isNotNegative();
        return hops.get(index);
    }

    private static Reason reason(Hop hop, Reason.Kind kind) {
        return hop.reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " in " + hop));
    }

    /** The reverse path. */
    private static List<String> turned(List<String> path) {
        return path.reversed().stream()
                .map(hop ->
                        hop.endsWith(" out")
                                ? hop.replaceFirst(" out$", " in")
                                : hop.replaceFirst(" in$", " out"))
                .toList();
    }
}
