package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.evidence.tape.RecordedQuery;
import dev.cnilab.evidence.tape.RecordedReply;
import dev.cnilab.evidence.tape.ReplayedView;
import dev.cnilab.evidence.tape.Tape;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.Tunnels;
import dev.cnilab.trace.DropReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TunnelDiagnosisTest {

    private static final Place NODE = new Place.OnNode("worker");

    @Test
    void theClustersDeviceIsMissed() {
        Finding finding = fault(Optional.of(Tunnels.VXLAN), "eth0", "").orElseThrow();

        assertThat(finding.loss()).isEqualTo(DropReason.TUNNEL_MISSING);
        assertThat(finding.explanation()).isEqualTo("worker has no flannel.1");
        assertThat(finding.toString()).doesNotContain("ipip");
    }

    @Test
    void aDeviceOfTheClustersNameIsEnoughWhateverItsKind() {
        assertThat(fault(Optional.of(Tunnels.VXLAN), "flannel.1", "vxlan")).isEmpty();
    }

    @Test
    void aClusterWithoutATunnelMissesNone() {
        assertThat(fault(Optional.empty(), "eth0", "")).isEmpty();
    }

    /** Its agent does not run, and alone reads from it. */
    @Test
    void aTunDeviceNeedsItsAgent() {
        Finding finding =
                new TunnelDiagnosis(
                                Optional.of(Tunnels.VXLAN),
                                new ClusterInventory(List.of(), List.of(), List.of()),
                                networks("flannel.1", "tun"))
                        .fault(NODE)
                        .orElseThrow();

        assertThat(finding.loss()).isEqualTo(DropReason.AGENT_DOWN);
    }

    private static Optional<Finding> fault(Optional<Tunnel> tunnel, String device, String kind) {
        return new TunnelDiagnosis(
                        tunnel,
                        new ClusterInventory(List.of(), List.of(agent()), List.of()),
                        networks(device, kind))
                .fault(NODE);
    }

    private static Networks networks(String device, String kind) {
        List<Tape.Entry> tape = new ArrayList<>();
        add(
                tape,
                "[{\"ifname\":\"%s\",\"flags\":[\"UP\"],\"linkinfo\":{\"info_kind\":\"%s\"}}]"
                        .formatted(device, kind),
                "ip",
                "-j",
                "-d",
                "address",
                "show");
        add(tape, "", "ip", "route", "show");
        add(tape, "", "ip", "neigh", "show");
        return new Networks(new ReplayedView(new Tape(tape)), TimeFactor.NONE);
    }

    private static void add(List<Tape.Entry> tape, String output, String... argv) {
        tape.add(
                new Tape.Entry(
                        new RecordedQuery(
                                RecordedQuery.Kind.EXEC, Optional.of(NODE), List.of(argv)),
                        new RecordedReply.Ended(new ExecResult(List.of(argv), 0, output, ""))));
    }

    private static Pod agent() {
        return new Pod(
                "kube-flannel",
                "kube-flannel-ds-x7k2p",
                Optional.of("worker"),
                Optional.of(Ipv4Address.parse("172.18.0.3")),
                true,
                "Running",
                true,
                1,
                1,
                0,
                Instant.parse("2026-01-02T03:04:05Z"),
                Map.of("tier", "node", "app", "flannel"),
                "");
    }
}
