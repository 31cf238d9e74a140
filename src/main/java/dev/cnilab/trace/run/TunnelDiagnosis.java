package dev.cnilab.trace.run;

import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.trace.DropReason;
import java.util.List;
import java.util.Optional;

/** What can be wrong with a node's tunnel device, and with the agent that makes and works it. */
final class TunnelDiagnosis {

    static final String NAME = Tunnel.IPIP_DEVICE;

    private static final String KERNEL = TunnelDriver.KERNEL.linkKind();
    private static final String USER_SPACE = TunnelDriver.USER_SPACE.linkKind();

    private final ClusterInventory inhabitants;
    private final Networks networks;

    TunnelDiagnosis(ClusterInventory inhabitants, Networks networks) {
        this.inhabitants = inhabitants;
        this.networks = networks;
    }

    static boolean isTunnel(String kind) {
        return kind.equals(KERNEL) || kind.equals(USER_SPACE);
    }

    /** No tunnel device, one that is down, or nobody behind it. */
    Optional<Finding> fault(Place place) {
        Optional<Interface> tunnel = tunnel(place);
        if (tunnel.isEmpty()) {
            return agentDown(place)
                    .or(() ->
                            Optional.of(
                                    new Finding(
                                            DropReason.TUNNEL_MISSING,
                                            Explainer.name(place) + " has no " + NAME,
                                            List.of("ip link show " + NAME + ": does not exist"),
                                            restartAgent(place))));
        } else if (!tunnel.get().up()) {
            return Optional.of(Finding.down(place, tunnel.get().name()));
        }
        return agentDown(place);
    }

    /** The kernel puts a device tunl0 of its own beside it, which carries nothing here. */
    private Optional<Interface> tunnel(Place place) {
        return networks.at(place).links().stream()
                .filter(link -> isTunnel(link.kind()) && !link.name().equals("tunl0"))
                .findFirst();
    }

    /** Nobody reads from the device, where that is a process's business. */
    Optional<Finding> idle(Place place) {
        return tunnel(place)
                .filter(link -> link.kind().equals(USER_SPACE))
                .map(link ->
                        new Finding(
                                DropReason.AGENT_DOWN,
                                link.name()
                                        + " of "
                                        + Explainer.name(place)
                                        + " is worked by the agent, which does not react",
                                List.of("ip -d link show " + link.name() + ": tun, a process's"),
                                restartAgent(place)));
    }

    /** Only where the tunnel is in user space is it the agent that carries packets. */
    Optional<Finding> agentDown(Place place) {
        boolean kernel = tunnel(place).filter(link -> link.kind().equals(KERNEL)).isPresent();
        Optional<Pod> agent = agent(place);
        if (kernel || agent.filter(Pod::ready).isPresent()) {
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
                                        .orElse("no pod of lab-ipip there")),
                        restartAgent(place)));
    }

    private Optional<Pod> agent(Place place) {
        return inhabitants.pods().stream()
                .filter(Pod::hostNetwork)
                .filter(pod -> pod.name().contains("ipip") || pod.name().contains("flannel"))
                .filter(pod ->
                        place instanceof Place.OnNode(String node)
                                && pod.node().equals(Optional.of(node)))
                .findFirst();
    }

    private String restartAgent(Place place) {
        return agent(place)
                .map(pod -> "kubectl -n " + pod.namespace() + " delete pod " + pod.name())
                .orElse("kubectl -n kube-system rollout restart daemonset lab-ipip");
    }
}
