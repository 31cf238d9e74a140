package dev.cnilab.trace.run;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Hop;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Diagnoses routes, links and neighbours of a place. */
final class RouteDiagnosis {

    private final ClusterInventory inhabitants;
    private final Networks networks;
    private final TunnelDiagnosis tunnels;
    private final DownLinks downLinks;
    private final DefaultRoutes defaults;
    private final List<Sighting> sightings;

    /**
     * @param sightings all that was captured, ARP included
     */
    RouteDiagnosis(
            ClusterInventory inhabitants,
            Networks networks,
            TunnelDiagnosis tunnels,
            DownLinks downLinks,
            DefaultRoutes defaults,
            List<Sighting> sightings) {
        this.inhabitants = inhabitants;
        this.networks = networks;
        this.tunnels = tunnels;
        this.downLinks = downLinks;
        this.defaults = defaults;
        this.sightings = sightings;
    }

    /**
     * Checks whether a node sent a packet for another node's pods by its default route, because the
     * agent's route is missing.
     */
    Optional<Finding> astray(Hop hop) {
        Ipv4Address destination = hop.inner().destination();
        return Optional.of(hop)
                .filter(each -> each.where() instanceof Place.OnNode)
                .filter(each -> each.direction() == Frame.Direction.OUT)
                .filter(_ -> inhabitants.podsOf(destination).isPresent())
                .flatMap(each -> networks.at(each.where()).route(destination))
                .filter(route -> route.destination().length() == 0)
                .map(route -> noRoute(hop.where(), destination, route.line()));
    }

    /** Finds a missing route, a link that is down, or a next hop without ARP reply. */
    Optional<Finding> fault(Place place, Ipv4Address destination) {
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
        String device = route.get().device();
        if (network.link(device).filter(link -> !link.up()).isPresent()) {
            return Optional.of(Finding.down(place, device));
        }
        Ipv4Address next = route.get().nextHop(destination);
        return unanswered(place, device, next)
                .map(evidence ->
                        downLinks
                                .between(place, next)
                                .orElseGet(() -> noNeighbour(place, next, device, evidence)));
    }

    /** The failed neighbour's entry, or the unanswered ARP request. */
    private Optional<String> unanswered(Place place, String device, Ipv4Address address) {
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

    private Stream<Header.Arp> arp(Place place, String device, int operation) {
        return sightings.stream()
                .filter(each -> each.where().equals(place))
                .filter(each -> each.frame().interfaceName().equals(device))
                .flatMap(each -> each.packet().first(Header.Arp.class).stream())
                .filter(arp -> arp.operation() == operation);
    }

    /** A missing route; the kernel removes routes of a link that goes down. */
    Finding noRoute(Place place, Ipv4Address destination, String evidence) {
        return downLinks
                .between(place, destination)
                .orElseGet(() -> noRouteAtAll(place, destination, evidence));
    }

    private Finding noRouteAtAll(Place place, Ipv4Address destination, String evidence) {
        // A pod has only a route to its node.
        Optional<Node> owner =
                inhabitants.podsOf(destination).filter(_ -> !(place instanceof Place.InPod));
        if (owner.isPresent() && !tunnels.isUp(place) && place instanceof Place.OnNode) {
            Optional<Finding> tunnel = tunnels.fault(place);
            if (tunnel.isPresent()) {
                return tunnel.get();
            }
        }
        Optional<Route> dead =
                networks.at(place)
                        .route(destination)
                        .filter(route -> !route.type().equals("unicast"));
        Optional<LossRemedy> remedy =
                dead.map(route -> "ip route del " + route.type() + " " + route.destination())
                        .or(() -> owner.map(node -> podsRoute(place, node)))
                        .map(command -> LossRemedy.change(place, command))
                        .or(() -> defaults.remedy(place));
        return new Finding(
                DropReason.NO_ROUTE,
                Explainer.name(place)
                        + " has no route to "
                        + owner.map(node ->
                                        node.podSubnet().orElseThrow()
                                                + ", the pods of "
                                                + node.name())
                                .orElse(destination.toString()),
                List.of(evidence),
                remedy.stream().toList());
    }

    /**
     * The route to a node's pods: by the tunnel, or directly if that node uses none in the other
     * direction.
     */
    private String podsRoute(Place place, Node node) {
        String route =
                "ip route replace %s via %s"
                        .formatted(node.podSubnet().orElseThrow(), node.internalIp());
        Optional<Node> self = inhabitants.node(place);
        boolean direct =
                self.flatMap(Node::podSubnet)
                        .flatMap(own -> networks.at(place(node)).route(own.address()))
                        .filter(back -> back.gateway().equals(self.map(Node::internalIp)))
                        .filter(back -> !tunnels.isDevice(back.device()))
                        .isPresent();
        return self.isEmpty() || direct
                ? route
                : tunnels.device().map(dev -> route + " dev " + dev + " onlink").orElse(route);
    }

    private static Place place(Node node) {
        return new Place.OnNode(node.name());
    }

    Finding noNeighbour(Place place, Ipv4Address address, String device, String evidence) {
        boolean pod = inhabitants.podsOf(address).isPresent();
        return new Finding(
                DropReason.NO_NEIGHBOUR,
                "no reply from "
                        + address
                        + (device.isEmpty() ? "" : " at " + device)
                        + " of "
                        + Explainer.name(place)
                        + (pod ? ": no pod has this address" : ""),
                List.of(evidence),
                pod
                        ? new LossRemedy.Kubectl("get pods -A -o wide")
                        : new LossRemedy.At(place, "ip neigh show " + address));
    }
}
