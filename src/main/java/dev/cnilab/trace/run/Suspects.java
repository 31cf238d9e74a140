package dev.cnilab.trace.run;

import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Location;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.Loss;
import dev.cnilab.trace.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks, where a packet was seen last, for what kept it from going on. */
final class Suspects {

    private static final List<String> TUNNELS = List.of("ipip", "tun");
    private static final String TUNNEL = "flannel.ipip";

    /** IPv4 without options, and the ICMP echo header. */
    private static final int HEADERS = 20 + 8;

    private final Inhabitants inhabitants;
    private final Networks networks;
    private final Before before;
    private final List<Sighting> sightings;

    /**
     * @param sightings all that was captured, ARP included
     */
    Suspects(Inhabitants inhabitants, Networks networks, Before before, List<Sighting> sightings) {
        this.inhabitants = inhabitants;
        this.networks = networks;
        this.before = before;
        this.sightings = sightings;
    }

    /** Nobody is behind the Service that was asked, whoever it was that dropped the packet. */
    Optional<Finding> noEndpoint(Probe probe) {
        return Tracer.service(probe, inhabitants)
                .filter(service -> inhabitants.backends(service).isEmpty())
                .filter(service -> !service.name().equals("kubernetes"))
                .map(this::noEndpoint);
    }

    private Finding noEndpoint(Service service) {
        String labels =
                service.selector().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(","));
        return new Finding(
                Loss.NO_ENDPOINT,
                "Service " + service.name() + " has no endpoint: no Ready pod has " + labels,
                List.of(
                        "selector: " + labels,
                        "pods of the namespace have: "
                                + inhabitants.pods().stream()
                                        .filter(pod -> pod.namespace().equals(service.namespace()))
                                        .map(Suspects::labels)
                                        .distinct()
                                        .collect(Collectors.joining("; "))),
                "kubectl -n " + service.namespace() + " edit service " + service.name());
    }

    private static String labels(Pod pod) {
        return pod.labels().entrySet().stream()
                .filter(each -> each.getKey().equals("app"))
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(","));
    }

    /** The packet was seen there, and nowhere after. */
    Finding after(Hop last) {
        boolean in = last.direction() == Frame.Direction.IN;
        Optional<Header.Ipv4> outer = last.outer();
        if (outer.isPresent() && in && isOwn(last, outer.get())) {
            return notUnwrapped(last);
        } else if (in && outer.isEmpty() && isOwn(last, last.inner())) {
            return notAnswered(last);
        } else if (in) {
            return notForwarded(last);
        } else if (TUNNELS.contains(last.linkKind())) {
            return notWrapped(last);
        }
        return notReceived(last);
    }

    private boolean isOwn(Hop hop, Header.Ipv4 header) {
        return networks.at(hop.where()).has(header.destination());
    }

    private Finding notUnwrapped(Hop last) {
        String node = Explainer.name(last.where());
        return tunnelFault(last.where())
                .or(() -> reversePath(last))
                .or(() ->
                        dropped(
                                last.where(),
                                "input",
                                Loss.IPIP_FILTERED,
                                "does not let IP in IP in"))
                .orElseGet(() ->
                        new Finding(
                                Loss.IPIP_FILTERED,
                                node + " got IP in IP and did not take it apart",
                                List.of("no rule that is shown drops it"),
                                ""));
    }

    private Finding notWrapped(Hop last) {
        Optional<Ipv4Address> peer =
                networks.at(last.where()).route(last.inner().destination()).flatMap(Route::gateway);
        return agentDown(last.where())
                .or(() -> peer.flatMap(address -> wayTo(last.where(), address)))
                .or(() ->
                        dropped(
                                last.where(),
                                "output",
                                Loss.IPIP_FILTERED,
                                "does not let IP in IP out"))
                .orElseGet(() ->
                        new Finding(
                                Loss.AGENT_DOWN,
                                last.interfaceName() + " swallows it: nobody works the tunnel",
                                List.of(),
                                restartAgent(last.where())));
    }

    /** No tunnel device, one that is down, or nobody behind it. */
    private Optional<Finding> tunnelFault(Location place) {
        LocalNetwork network = networks.at(place);
        Optional<Interface> tunnel =
                network.links().stream()
                        .filter(link ->
                                TUNNELS.contains(link.kind()) && !link.name().equals("tunl0"))
                        .findFirst();
        if (tunnel.isEmpty()) {
            return agentDown(place)
                    .or(() ->
                            Optional.of(
                                    new Finding(
                                            Loss.TUNNEL_MISSING,
                                            Explainer.name(place) + " has no " + TUNNEL,
                                            List.of("ip link show " + TUNNEL + ": does not exist"),
                                            restartAgent(place))));
        } else if (!tunnel.get().up()) {
            return Optional.of(down(place, tunnel.get().name()));
        }
        return agentDown(place);
    }

    private static Finding down(Location place, String link) {
        return new Finding(
                Loss.LINK_DOWN,
                link + " of " + Explainer.name(place) + " is down",
                List.of("ip link show " + link + ": not UP"),
                at(place, "ip link set " + link + " up"));
    }

    /** Only where the tunnel is in user space is it the agent that carries packets. */
    private Optional<Finding> agentDown(Location place) {
        boolean kernel =
                networks.at(place).links().stream()
                        .anyMatch(
                                link -> link.kind().equals("ipip") && !link.name().equals("tunl0"));
        Optional<Pod> agent = agent(place);
        if (kernel || agent.filter(Pod::ready).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        Loss.AGENT_DOWN,
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

    private Optional<Pod> agent(Location place) {
        return inhabitants.pods().stream()
                .filter(Pod::hostNetwork)
                .filter(pod -> pod.name().contains("ipip") || pod.name().contains("flannel"))
                .filter(pod ->
                        place instanceof Location.OnNode(String node)
                                && pod.node().equals(Optional.of(node)))
                .findFirst();
    }

    private String restartAgent(Location place) {
        return agent(place)
                .map(pod -> "kubectl -n " + pod.namespace() + " delete pod " + pod.name())
                .orElse("kubectl -n kube-system rollout restart daemonset lab-ipip");
    }

    private Finding notAnswered(Hop last) {
        String name = Explainer.name(last.where());
        String ignore = sysctl(last.where(), "net.ipv4.icmp_echo_ignore_all");
        if (ignore.equals("1") && last.headers().stream().anyMatch(Header.Icmp.class::isInstance)) {
            return new Finding(
                    Loss.NO_ANSWER,
                    name + " ignores echo requests",
                    List.of("net.ipv4.icmp_echo_ignore_all = 1"),
                    at(last.where(), "sysctl -w net.ipv4.icmp_echo_ignore_all=0"));
        }
        return reversePath(last)
                .or(() -> dropped(last.where(), "input", Loss.NO_ANSWER, "drops what comes in"))
                .orElseGet(() ->
                        new Finding(
                                Loss.NO_ANSWER,
                                "it arrived at " + name + ", which does not answer",
                                List.of(),
                                ""));
    }

    private Finding notForwarded(Hop last) {
        Location place = last.where();
        String forwarding = sysctl(place, "net.ipv4.ip_forward");
        boolean bridged = place instanceof Location.Outside;
        if (!bridged && forwarding.equals("0")) {
            return new Finding(
                    Loss.FORWARDING_OFF,
                    Explainer.name(place) + " does not forward",
                    List.of("net.ipv4.ip_forward = 0"),
                    at(place, "sysctl -w net.ipv4.ip_forward=1"));
        }
        boolean wrapped = last.outer().isPresent();
        Optional<Finding> filter =
                dropped(
                        place,
                        "forward",
                        wrapped ? Loss.IPIP_FILTERED : Loss.FORWARD_DROP,
                        wrapped ? "does not let IP in IP pass" : "drops what it should forward");
        if (bridged) {
            return filter.orElseGet(() -> unknown(last));
        }
        return reversePath(last)
                .or(() -> wayTo(place, last.inner().destination()))
                .or(() -> filter)
                .orElseGet(() -> unknown(last));
    }

    private Finding notReceived(Hop last) {
        LocalNetwork network = networks.at(last.where());
        Header.Ipv4 header = last.outer().orElse(last.inner());
        Optional<Finding> link =
                network.link(last.interfaceName())
                        .filter(each -> !each.up())
                        .map(each -> down(last.where(), each.name()));
        return link.or(() -> farEndDown(header.destination()))
                .orElseGet(() ->
                        last.outer().isPresent()
                                ? new Finding(
                                        Loss.IPIP_FILTERED,
                                        "the network between the nodes does not carry IP in IP"
                                                + " (protocol 4)",
                                        List.of(
                                                "it left "
                                                        + last.interfaceName()
                                                        + " of "
                                                        + Explainer.name(last.where())
                                                        + " and did not reach "
                                                        + header.destination()),
                                        "let protocol 4 pass between the nodes, in the cloud's"
                                                + " security group or the host's firewall")
                                : unknown(last));
    }

    /** A link of the place that has that address. */
    private Optional<Finding> farEndDown(Ipv4Address address) {
        for (Location place : before.places()) {
            for (Interface link : networks.at(place).links()) {
                boolean has = LocalNetwork.addresses(link).anyMatch(address::equals);
                if (has && !link.up()) {
                    return Optional.of(down(place, link.name()));
                }
            }
        }
        return Optional.empty();
    }

    private Finding unknown(Hop last) {
        return new Finding(
                Loss.UNKNOWN,
                "it was seen at "
                        + last.interfaceName()
                        + " of "
                        + Explainer.name(last.where())
                        + " last; none of the known reasons holds there",
                List.of(),
                "");
    }

    /** What an ICMP error says. */
    Finding confessed(Header.Icmp icmp, Hop error, Hop last) {
        Location place = error.where();
        Ipv4Address destination = last.inner().destination();
        if (icmp.type() == Header.Icmp.TIME_EXCEEDED) {
            return new Finding(
                    Loss.TTL_EXPIRED,
                    "its TTL ran out at " + Explainer.name(place) + ": routes in a circle",
                    List.of("ICMP time exceeded from " + error.inner().source()),
                    at(place, "ip route get " + destination));
        }
        String said = "ICMP unreachable, code " + icmp.code() + ", from " + error.inner().source();
        return switch (icmp.code()) {
            case Header.Icmp.FRAGMENTATION_NEEDED ->
                    tooBig(
                            place,
                            destination,
                            last.inner().totalLength(),
                            icmp.nextHopMtu(),
                            said + ", MTU " + icmp.nextHopMtu());
            case 0 -> noRoute(place, destination, said);
            case 1 ->
                    wayTo(place, destination)
                            .orElseGet(() -> noNeighbour(place, destination, "", said));
            case 3 ->
                    new Finding(
                            Loss.PORT_CLOSED,
                            Explainer.name(place) + " says: port unreachable",
                            List.of(said),
                            "");
            default ->
                    dropped(place, "forward", Loss.FORWARD_DROP, "rejects it")
                            .orElseGet(() ->
                                    new Finding(
                                            Loss.FORWARD_DROP,
                                            Explainer.name(place) + " rejects it",
                                            List.of(said),
                                            ""));
        };
    }

    private Finding tooBig(
            Location place, Ipv4Address destination, int length, int mtu, String said) {
        String device = networks.at(place).route(destination).map(Route::device).orElse("a link");
        return new Finding(
                Loss.MTU,
                "%d bytes with DF do not fit into %s of %s, which takes %d"
                        .formatted(length, device, Explainer.name(place), mtu),
                List.of(said),
                "send at most --size " + (mtu - HEADERS) + ", or without --df");
    }

    /** It left no interface of its source. */
    Finding unsent(Probe probe, Location source, String complaint) {
        Ipv4Address destination = probe.to().address();
        Optional<String> tooLong =
                complaint.lines().filter(line -> line.contains("too long")).findFirst();
        if (tooLong.isPresent()) {
            int mtu =
                    Integer.parseInt(
                            tooLong.get().replaceAll(".*mtu[ =]*", "").replaceAll("[^0-9].*", ""));
            return tooBig(source, destination, probe.size() + HEADERS, mtu, tooLong.get());
        }
        return wayTo(source, destination)
                .or(() -> dropped(source, "output", Loss.FORWARD_DROP, "drops what it sends"))
                .orElseGet(() ->
                        new Finding(
                                Loss.UNKNOWN,
                                "nothing left " + Explainer.name(source),
                                complaint.lines().toList(),
                                ""));
    }

    /** What is wrong with the way from a place on: no route, no link, nobody there. */
    private Optional<Finding> wayTo(Location place, Ipv4Address destination) {
        LocalNetwork network = networks.at(place);
        Optional<Route> route = network.route(destination);
        if (route.isEmpty() || !route.get().type().equals("unicast")) {
            return Optional.of(
                    noRoute(
                            place,
                            destination,
                            route.map(Route::line)
                                    .orElse("ip route show: no line fits " + destination)));
        }
        // A default route that takes what is meant for another node's pods is no way there.
        if (route.get().destination().length() == 0
                && inhabitants.podsOf(destination).isPresent()
                && !(place instanceof Location.InPod)) {
            return Optional.of(noRoute(place, destination, route.get().line()));
        }
        String device = route.get().device();
        if (network.link(device).filter(link -> !link.up()).isPresent()) {
            return Optional.of(down(place, device));
        }
        Ipv4Address next = route.get().nextHop(destination);
        boolean tunnel =
                network.link(device).filter(link -> TUNNELS.contains(link.kind())).isPresent();
        return tunnel
                ? Optional.empty()
                : unanswered(place, device, next)
                        .map(evidence -> noNeighbour(place, next, device, evidence));
    }

    /** The line of a neighbour that failed, or the ARP request that nobody answered. */
    private Optional<String> unanswered(Location place, String device, Ipv4Address address) {
        Optional<LocalNetwork.Neigh> neigh = networks.at(place).neigh(address, device);
        if (neigh.filter(each -> each.state().matches("FAILED|INCOMPLETE")).isPresent()) {
            return neigh.map(LocalNetwork.Neigh::line);
        }
        boolean asked =
                arp(place, device, Header.Arp.REQUEST)
                        .anyMatch(arp -> arp.targetIp().equals(address));
        boolean told =
                arp(place, device, Header.Arp.REPLY)
                        .anyMatch(arp -> arp.senderIp().equals(address));
        return asked && !told
                ? Optional.of("ARP who has " + address + " at " + device + ": no answer")
                : Optional.empty();
    }

    private Stream<Header.Arp> arp(Location place, String device, int operation) {
        return sightings.stream()
                .filter(each -> each.where().equals(place))
                .filter(each -> each.frame().interfaceName().equals(device))
                .flatMap(each -> each.packet().first(Header.Arp.class).stream())
                .filter(arp -> arp.operation() == operation);
    }

    private Finding noRoute(Location place, Ipv4Address destination, String evidence) {
        Optional<Node> owner = inhabitants.podsOf(destination);
        String remedy =
                owner.filter(_ -> place instanceof Location.OnNode)
                        .map(node ->
                                at(
                                        place,
                                        "ip route replace %s via %s dev %s onlink"
                                                .formatted(
                                                        node.podSubnet().orElseThrow(),
                                                        node.internalIp(),
                                                        TUNNEL)))
                        .orElse("");
        LocalNetwork network = networks.at(place);
        if (owner.isPresent()
                && place instanceof Location.OnNode
                && network.link(TUNNEL).isEmpty()) {
            return tunnelFault(place).orElseThrow();
        }
        return new Finding(
                Loss.NO_ROUTE,
                Explainer.name(place)
                        + " has no route to "
                        + owner.map(node ->
                                        node.podSubnet().orElseThrow()
                                                + ", the pods of "
                                                + node.name())
                                .orElse(destination.toString()),
                List.of(evidence),
                remedy);
    }

    private Finding noNeighbour(
            Location place, Ipv4Address address, String device, String evidence) {
        boolean pod = inhabitants.podsOf(address).isPresent();
        return new Finding(
                Loss.NO_NEIGHBOUR,
                "nobody answers to "
                        + address
                        + (device.isEmpty() ? "" : " at " + device)
                        + " of "
                        + Explainer.name(place)
                        + (pod ? ": no pod has this address" : ""),
                List.of(evidence),
                pod ? "kubectl get pods -A -o wide" : at(place, "ip neigh show " + address));
    }

    private Optional<Finding> reversePath(Hop last) {
        Location place = last.where();
        long moved = before.moved(place, "TcpExtIPReversePathFilter", networks);
        if (moved <= 0) {
            return Optional.empty();
        }
        String device = last.interfaceName();
        Ipv4Address sender = last.inner().source();
        String back =
                networks.at(place).route(sender).map(Route::line).orElse("no route to " + sender);
        List<String> evidence = new ArrayList<>();
        evidence.add("TcpExtIPReversePathFilter grew by " + moved);
        // sysctl writes a slash for a dot inside a name.
        String key = "net.ipv4.conf." + device.replace('.', '/') + ".rp_filter";
        for (String each : List.of("net.ipv4.conf.all.rp_filter", key)) {
            evidence.add(each + " = " + sysctl(place, each));
        }
        evidence.add("an answer to " + sender + " would leave by: " + back);
        return Optional.of(
                new Finding(
                        Loss.RP_FILTER,
                        Explainer.name(place)
                                + " drops what comes in by "
                                + device
                                + " from "
                                + sender
                                + ": an answer would not leave by it",
                        evidence,
                        at(place, "sysctl -w " + key + "=2")));
    }

    private Optional<Finding> dropped(Location place, String hook, Loss loss, String what) {
        List<DropRules.Rule> rules = DropRules.at(place, networks, hook, "");
        return rules.stream()
                .findFirst()
                .map(first ->
                        new Finding(
                                loss,
                                Explainer.name(place) + " " + what,
                                rules.stream().map(DropRules.Rule::line).toList(),
                                at(place, first.remedy())));
    }

    private String sysctl(Location place, String key) {
        return networks.output(place, "sysctl", "-n", key).strip();
    }

    private static String at(Location place, String command) {
        return "lab exec " + Explainer.name(place) + " -- " + command;
    }
}
