package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.testbed.TapeFolder;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Traces that arrived, recorded in a lab: every hop, and what brought the packet there. */
class RecordedTraceTest {

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

    @Test
    void aPacketToAPodOfAnotherNodeIsSeenAtEachInterfaceInOrder() throws IOException {
        Trace trace = arrived("pod-to-pod");

        assertThat(path("pod-to-pod", trace.request())).isEqualTo(TUNNELLED);
        assertThat(path("pod-to-pod", trace.reply()))
                .startsWith("worker-pod eth0 out", "worker veth in")
                .endsWith("control-plane veth out", "pod eth0 in")
                .hasSize(TUNNELLED.size());
        assertThat(trace.request()).extracting(Hop::nanos).isSorted();
        assertThat(trace.request())
                .extracting(hop -> hop.inner().ttl())
                .startsWith(64)
                .endsWith(62);
    }

    @Test
    void eachHopHasTheReasonsThatBroughtThePacketThere() throws IOException {
        List<Hop> hops = arrived("pod-to-pod").request();

        assertThat(hops)
                .extracting(hop -> hop.reasons().stream().map(Reason::kind).toList())
                .containsExactly(
                        List.of(Reason.Kind.ROUTE, Reason.Kind.NEIGHBOUR),
                        List.of(Reason.Kind.VETH_PAIR),
                        List.of(Reason.Kind.BRIDGE),
                        List.of(Reason.Kind.ROUTE),
                        List.of(
                                Reason.Kind.ENCAPSULATION,
                                Reason.Kind.ROUTE,
                                Reason.Kind.NEIGHBOUR),
                        List.of(Reason.Kind.VETH_PAIR),
                        List.of(Reason.Kind.BRIDGE),
                        List.of(Reason.Kind.VETH_PAIR),
                        List.of(Reason.Kind.DECAPSULATION),
                        List.of(Reason.Kind.ROUTE, Reason.Kind.NEIGHBOUR),
                        List.of(Reason.Kind.BRIDGE),
                        List.of(Reason.Kind.VETH_PAIR, Reason.Kind.DELIVERY));
        assertThat(reason(hops.get(3), Reason.Kind.ROUTE))
                .satisfies(route -> {
                    assertThat(route.text())
                            .startsWith("10.244.1.0/24 via 172.18.0.3 dev flannel.ipip");
                    assertThat(route.entry())
                            .isEqualTo("10.244.1.0 172.18.0.3 255.255.255.0 UG flannel.ipip");
                });
        assertThat(hops.get(4).changes())
                .contains(
                        new Change(
                                Change.Field.OUTER,
                                "",
                                "172.18.0.2 > 172.18.0.3",
                                Reason.Kind.ENCAPSULATION));
        assertThat(hops.get(8).changes())
                .contains(
                        new Change(
                                Change.Field.OUTER,
                                "172.18.0.2 > 172.18.0.3",
                                "",
                                Reason.Kind.DECAPSULATION));
    }

    @Test
    void aNodesOwnPacketBeginsAtTheTunnelWithItsAddress() throws IOException {
        Trace trace = arrived("node-to-pod");

        assertThat(path("node-to-pod", trace.request()))
                .isEqualTo(TUNNELLED.subList(3, TUNNELLED.size()));
        assertThat(trace.request().getFirst().inner().source()).hasToString("10.244.0.0");
    }

    @Test
    void aNodePortIsTranslatedAndTheAnswerTranslatedBack() throws IOException {
        Trace trace = arrived("node-port");

        assertThat(path("node-port", trace.request()))
                .startsWith("outside br-kind out", "outside veth out", "worker eth0 in");
        Hop translated = trace.request().get(3);
        assertThat(reason(translated, Reason.Kind.DNAT).text())
                .startsWith("Service default/demo leads to 10.244.")
                .endsWith(":80, by chain ip lab-proxy external/default/demo/http");
        assertThat(reason(translated, Reason.Kind.DNAT).entry())
                .startsWith("dnat ip to numgen random");
        assertThat(reason(translated, Reason.Kind.SNAT).text())
                .contains(" is hidden behind ", " (masquerade), by chain ");
        assertThat(translated.changes())
                .extracting(Change::field)
                .contains(
                        Change.Field.SOURCE,
                        Change.Field.DESTINATION,
                        Change.Field.DESTINATION_PORT);
        assertThat(trace.reply().getLast().inner().source()).hasToString("172.18.0.3");
        assertThat(trace.reply().stream().flatMap(hop -> hop.reasons().stream()))
                .filteredOn(reason -> reason.text().startsWith("connection tracking: "))
                .extracting(Reason::kind)
                .contains(Reason.Kind.DNAT, Reason.Kind.SNAT);
    }

    @Test
    void fragmentsAreOneHop() throws IOException {
        Trace trace = arrived("fragments");

        assertThat(path("fragments", trace.request())).isEqualTo(TUNNELLED);
        assertThat(trace.request().getFirst().frames()).isEqualTo(2);
    }

    @Test
    void whatWasCapturedBeforeTheProbeIsIgnored() throws IOException {
        TraceTape tape = TraceTape.read("pod-to-pod");
        Instant later = tape.clock().getLast();

        Trace trace = new TraceTape(tape.request(), List.of(later, later), tape.tape()).replay();

        assertThat(trace.request()).isEmpty();
    }

    private static Trace arrived(String tape) throws IOException {
        Trace trace = TraceTape.read(tape).replay();
        assertThat(trace.unwatched()).isEmpty();
        assertThat(trace.arrived()).as(trace.verdict().toString()).isTrue();
        return trace;
    }

    private static List<String> path(String tape, List<Hop> hops) throws IOException {
        return new HopPath(TapeFolder.LAB, TraceTape.read(tape).view().pods()).of(hops);
    }

    private static Reason reason(Hop hop, Reason.Kind kind) {
        return hop.reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " in " + hop));
    }
}
