package dev.cnilab.cli;

import static dev.cnilab.cli.Verdicts.arrived;
import static dev.cnilab.cli.Verdicts.lostUntilFixed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.testbed.Needs;
import dev.cnilab.testbed.Peer;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on one segment with direct routing, without the tunnel. */
class DirectRoutingTraceIT {

    @TempDir private Path state;

    @Test
    @Needs(Peer.IP)
    void neitherThePathNorTheFixForALostRouteUsesTheTunnel() throws IOException {
        String bundled = Files.readString(Path.of("labs/flannel-ipip.yaml"));
        assertThat(bundled).contains("directRouting: false");
        Path spec =
                Files.writeString(
                        state.resolve("direct.yaml"),
                        bundled.replace("directRouting: false", "directRouting: true"));
        try (TracedLab lab = TracedLab.up(state, spec.toString())) {
            Trace trace = lab.ping(lab.pod(), lab.workerPod());

            arrived(trace);
            assertThat(lab.path(trace.request()))
                    .containsExactly(
                            "pod eth0 out",
                            "control-plane veth in",
                            "control-plane cni0 in",
                            "control-plane eth0 out",
                            "outside veth in",
                            "outside veth out",
                            "worker eth0 in",
                            "worker cni0 out",
                            "worker veth out",
                            "worker-pod eth0 in");
            assertThat(lab.path(trace.reply())).hasSize(10).noneMatch(hop -> hop.contains("ipip"));
            assertThat(hops(trace)).allMatch(hop -> hop.outer().isEmpty());
            Hop leaving = trace.request().get(3);
            assertThat(leaving.reasons())
                    .filteredOn(reason -> reason.kind() == Reason.Kind.ROUTE)
                    .extracting(Reason::entry)
                    .containsExactly("10.244.1.0 172.18.0.3 255.255.255.0 UG eth0");

            // It would restore the route at once.
            lab.stopAgent(lab.controlPlane());
            lab.run(lab.controlPlane(), "ip route del 10.244.1.0/24");
            lostUntilFixed(lab, DropReason.NO_ROUTE, lab.controlPlane());
            lab.repair();
        }
    }

    private static List<Hop> hops(Trace trace) {
        return Stream.concat(trace.request().stream(), trace.reply().stream()).toList();
    }
}
