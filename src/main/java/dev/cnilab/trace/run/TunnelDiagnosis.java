package dev.cnilab.trace.run;

import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.DropReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Diagnoses a node's tunnel device and the agent that serves it. */
final class TunnelDiagnosis {

    /** A process works such a device, whatever the backend. */
    private static final String TUN = "tun";

    /** The label by which flannel's manifests, and lab's, know the agent's pods. */
    private static final Map.Entry<String, String> AGENT = Map.entry("tier", "node");

    private final Optional<Tunnel> tunnel;
    private final ClusterInventory inhabitants;
    private final Networks networks;

    TunnelDiagnosis(Optional<Tunnel> tunnel, ClusterInventory inhabitants, Networks networks) {
        this.tunnel = tunnel;
        this.inhabitants = inhabitants;
        this.networks = networks;
    }

    /** The tunnel's device; empty in a cluster without one. */
    Optional<String> device() {
        return tunnel.map(Tunnel::device);
    }

    boolean isDevice(String interfaceName) {
        return device().equals(Optional.of(interfaceName));
    }

    boolean isUp(Place place) {
        return link(place).filter(Interface::up).isPresent();
    }

    String encapsulation() {
        return tunnel.map(Tunnel::encapsulation).orElse("the outer packet");
    }

    /** The encapsulation's name; its protocol number if it is not the cluster's tunnel. */
    String encapsulation(Header.Ipv4 outer) {
        return tunnel.filter(each -> each.protocol() == outer.protocol())
                .map(Tunnel::encapsulation)
                .orElse("protocol " + outer.protocol());
    }

    /** Finds a missing tunnel device, one that is down, or one that no agent serves. */
    Optional<Finding> fault(Place place) {
        Optional<Interface> link = link(place);
        if (link.isEmpty()) {
            return agentDown(place).or(() -> device().map(device -> missing(place, device)));
        } else if (!link.get().up()) {
            return Optional.of(Finding.down(place, link.get().name()));
        }
        return agentDown(place);
    }

    private Finding missing(Place place, String device) {
        return new Finding(
                DropReason.TUNNEL_MISSING,
                Explainer.name(place) + " has no " + device,
                List.of("ip link show " + device + ": does not exist"),
                restartAgent(place));
    }

    private Optional<Interface> link(Place place) {
        return device().flatMap(device -> networks.at(place).link(device));
    }

    /** Checks whether the agent reads from the user-space tunnel's device. */
    Optional<Finding> idle(Place place) {
        return link(place)
                .filter(link -> link.kind().equals(TUN))
                .map(link ->
                        new Finding(
                                DropReason.AGENT_DOWN,
                                link.name()
                                        + " of "
                                        + Explainer.name(place)
                                        + ", which a process serves, did not pass it on",
                                List.of("ip -d link show " + link.name() + ": tun, a process's"),
                                restartAgent(place)));
    }

    /** Checks the agent's pod; it forwards packets only if the tunnel is in user space. */
    Optional<Finding> agentDown(Place place) {
        boolean kernel = link(place).filter(link -> !link.kind().equals(TUN)).isPresent();
        Optional<Pod> agent = agent(place);
        if (tunnel.isEmpty() || kernel || agent.filter(Pod::ready).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        DropReason.AGENT_DOWN,
                        "the agent of " + Explainer.name(place) + " does not run",
                        List.of(
                                agent.map(pod ->
                                                "pod "
                                                        + pod.name()
                                                        + ": "
                                                        + pod.phase()
                                                        + " "
                                                        + pod.reason())
                                        .orElse("no pod of the CNI's agent there")),
                        restartAgent(place)));
    }

    private Optional<Pod> agent(Place place) {
        return inhabitants.pods().stream()
                .filter(Pod::hostNetwork)
                .filter(pod -> pod.labels().entrySet().contains(AGENT))
                .filter(pod ->
                        place instanceof Place.OnNode(String node)
                                && pod.node().equals(Optional.of(node)))
                .findFirst();
    }

    private LossRemedy restartAgent(Place place) {
        return agent(place)
                .map(pod -> LossRemedy.deletePod(pod.namespace(), pod.name()))
                .orElseGet(() -> new LossRemedy.Kubectl("get daemonsets -A"));
    }
}
