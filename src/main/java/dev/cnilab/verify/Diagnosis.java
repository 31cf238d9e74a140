package dev.cnilab.verify;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Tunnel;
import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks the cluster after a step failed, and reports the first problem: nodes, pods, tunnel
 * devices, routes.
 */
final class Diagnosis {

    private static final Duration COMMAND = Duration.ofSeconds(10);

    private final LabSpec spec;
    private final ClusterView cluster;
    private final TimeFactor timeFactor;

    Diagnosis(LabSpec spec, ClusterView cluster, TimeFactor timeFactor) {
        this.spec = spec;
        this.cluster = cluster;
        this.timeFactor = timeFactor;
    }

    /** The problem in one line; "" if none is found. */
    String find() {
        try {
            for (Node node : cluster.nodes()) {
                if (!node.ready()) {
                    return "node " + node.name() + " is not Ready";
                }
            }
            for (Pod pod : cluster.pods()) {
                if (!pod.ready()) {
                    return "pod "
                            + pod.namespace()
                            + "/"
                            + pod.name()
                            + " is not Ready: "
                            + pod.reason();
                }
            }
            for (Node node : cluster.nodes()) {
                String reason = ofNode(node);
                if (!reason.isEmpty()) {
                    return reason;
                }
            }
            return "";
        } catch (IOException e) {
            return "the cluster could not be checked: " + e.getMessage();
        }
    }

    private String ofNode(Node node) throws IOException {
        Optional<Tunnel> tunnel = cluster.tunnel();
        if (tunnel.isPresent()) {
            String reason = ofDevice(tunnel.get().device(), node);
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        ExecResult routes = run(node, "ip", "route", "show");
        for (Node peer : cluster.nodes()) {
            boolean missing =
                    !peer.equals(node)
                            && peer.podSubnet().isPresent()
                            && !routes.stdout().contains(peer.podSubnet().get() + " ");
            if (missing) {
                return node.name()
                        + " has no route to "
                        + peer.podSubnet().get()
                        + ", the pods of "
                        + peer.name();
            }
        }
        boolean selected =
                cluster.pods().stream()
                        .anyMatch(pod ->
                                pod.labels()
                                        .entrySet()
                                        .containsAll(spec.verify().selector().entrySet()));
        return selected ? "" : "no pod has the labels " + spec.verify().selector();
    }

    private String ofDevice(String device, Node node) throws IOException {
        ExecResult link = run(node, "ip", "link", "show", "dev", device);
        if (!link.ok()) {
            return "no " + device + " on " + node.name();
        }
        return link.stdout().contains("UP") ? "" : device + " is down on " + node.name();
    }

    private ExecResult run(Node node, String... argv) throws IOException {
        return cluster.exec(
                new Place.OnNode(node.name()), List.of(argv), timeFactor.times(COMMAND));
    }
}
