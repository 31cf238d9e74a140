package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the cause of a loss at the place where the packet was seen last. */
final class LossDiagnosis {

    private final ClusterInventory inhabitants;
    private final Networks networks;
    private final TunnelDiagnosis tunnels;
    private final RouteDiagnosis ways;
    private final Filters filters;
    private final MtuDiagnosis tooBig;
    private final DownLinks downLinks;

    /**
     * @param tunnel the cluster's, if it has one
     * @param sightings all that was captured, ARP included
     */
    LossDiagnosis(
            Optional<Tunnel> tunnel,
            ClusterInventory inhabitants,
            Networks networks,
            BaselineCounters before,
            List<Sighting> sightings) {
        this.inhabitants = inhabitants;
        this.networks = networks;
        this.tunnels = new TunnelDiagnosis(tunnel, inhabitants, networks);
        DefaultRoutes defaults = new DefaultRoutes(networks, before.places());
        this.downLinks = new DownLinks(inhabitants, networks, before.places(), defaults);
        this.ways =
                new RouteDiagnosis(inhabitants, networks, tunnels, downLinks, defaults, sightings);
        this.filters = new Filters(inhabitants, networks, before);
        this.tooBig = new MtuDiagnosis(networks);
    }

    /** The first hop with a wrong route, regardless of the packet's further path. */
    Optional<Astray> astray(List<Hop> hops) {
        return hops.stream()
                .flatMap(hop -> ways.astray(hop).map(finding -> new Astray(hop, finding)).stream())
                .findFirst();
    }

    /** A hop with a wrong route. */
    record Astray(Hop hop, Finding finding) {}

    /** Checks whether the requested Service has endpoints. */
    Optional<Finding> noEndpoint(ProbePacket probe) {
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
                DropReason.NO_ENDPOINT,
                "Service " + service.name() + " has no endpoint: no Ready pod has " + labels,
                List.of(
                        "selector: " + labels,
                        "pods of the namespace have: "
                                + inhabitants.pods().stream()
                                        .filter(pod -> pod.namespace().equals(service.namespace()))
                                        .map(LossDiagnosis::labels)
                                        .distinct()
                                        .collect(Collectors.joining("; "))),
                new LossRemedy.Advice(
                        "set its selector to the pods' labels: kubectl -n %s edit service %s"
                                .formatted(service.namespace(), service.name())));
    }

    private static String labels(Pod pod) {
        return pod.labels().entrySet().stream()
                .filter(each -> each.getKey().equals("app"))
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(","));
    }

    /** The cause if the packet was seen last at that hop. */
    Finding after(Hop last) {
        boolean in = last.direction() == Frame.Direction.IN;
        Optional<Header.Ipv4> outer = last.outer();
        if (outer.isPresent() && in && isOwn(last, outer.get())) {
            return notUnwrapped(last, tunnels.encapsulation(outer.get()));
        } else if (in && outer.isEmpty() && isOwn(last, last.inner())) {
            return notAnswered(last);
        } else if (in) {
            return notForwarded(last);
        } else if (tunnels.isDevice(last.interfaceName())) {
            return notWrapped(last);
        }
        return notReceived(last);
    }

    private boolean isOwn(Hop hop, Header.Ipv4 header) {
        return networks.at(hop.where()).has(header.destination());
    }

    private Finding notUnwrapped(Hop last, String encapsulation) {
        Place place = last.where();
        return tunnels.fault(place)
                .or(() -> filters.reversePath(last))
                .or(() ->
                        filters.dropped(
                                place,
                                "input",
                                DropReason.TUNNEL_FILTERED,
                                "does not let " + encapsulation + " in"))
                .or(() -> tunnels.idle(place))
                .orElseGet(() ->
                        new Finding(
                                DropReason.UNKNOWN,
                                Explainer.name(place)
                                        + " received "
                                        + encapsulation
                                        + ", and the packet in it was not seen again",
                                List.of("no listed rule drops " + encapsulation),
                                List.of()));
    }

    private Finding notWrapped(Hop last) {
        Place place = last.where();
        Optional<Ipv4Address> peer =
                networks.at(place).route(last.inner().destination()).flatMap(Route::gateway);
        return tunnels.agentDown(place)
                .or(() -> peer.flatMap(address -> ways.fault(place, address)))
                .or(() ->
                        filters.dropped(
                                place,
                                "output",
                                DropReason.TUNNEL_FILTERED,
                                "does not let " + tunnels.encapsulation() + " out"))
                .or(() -> tunnels.idle(place))
                .orElseGet(() -> unknown(last));
    }

    private Finding notAnswered(Hop last) {
        return filters.echoIgnored(last)
                .or(() -> filters.reversePath(last))
                .or(() ->
                        filters.dropped(
                                last.where(), "input", DropReason.NO_ANSWER, "drops what comes in"))
                .orElseGet(() ->
                        new Finding(
                                DropReason.NO_ANSWER,
                                "it arrived at "
                                        + Explainer.name(last.where())
                                        + ", which does not answer",
                                List.of("no interface of it sent a reply"),
                                List.of()));
    }

    private Finding notForwarded(Hop last) {
        Place place = last.where();
        Optional<Header.Ipv4> outer = last.outer();
        if (outer.isPresent()) {
            // Passed from port to port, without routing.
            String encapsulation = tunnels.encapsulation(outer.get());
            return downLinks
                    .at(last)
                    .or(() -> downLinks.between(place, outer.get().destination()))
                    .or(() ->
                            filters.dropped(
                                    place,
                                    "forward",
                                    DropReason.TUNNEL_FILTERED,
                                    "does not let " + encapsulation + " pass"))
                    .orElseGet(() -> unknown(last));
        }
        return downLinks
                .at(last)
                .or(() -> filters.forwardingOff(place))
                .or(() -> filters.reversePath(last))
                .or(() -> filters.martian(last))
                .or(() -> ttlExpired(last))
                .or(() -> ways.fault(place, last.inner().destination()))
                .or(() ->
                        filters.dropped(
                                place,
                                "forward",
                                DropReason.FORWARD_DROP,
                                "drops what it should forward"))
                .orElseGet(() -> unknown(last));
    }

    private Finding notReceived(Hop last) {
        Header.Ipv4 header = last.outer().orElse(last.inner());
        return downLinks
                .at(last)
                .or(() -> downLinks.between(last.where(), header.destination()))
                .or(() -> last.outer().map(outer -> notCarried(last, outer)))
                .orElseGet(() -> unknown(last));
    }

    private Finding notCarried(Hop last, Header.Ipv4 outer) {
        String protocol = "protocol " + outer.protocol();
        return new Finding(
                DropReason.TUNNEL_FILTERED,
                "%s was lost on the network between the nodes"
                        .formatted(tunnels.encapsulation(outer)),
                List.of(
                        "it left %s of %s and was not seen at %s"
                                .formatted(
                                        last.interfaceName(),
                                        Explainer.name(last.where()),
                                        outer.destination())),
                new LossRemedy.Advice(
                        "check that %s may pass between the nodes: a cloud's security group, the host's firewall"
                                .formatted(protocol)));
    }

    /**
     * Checks the TTL. A router may send no ICMP error, since they are rate limited
     * (icmp_ratelimit).
     */
    private Optional<Finding> ttlExpired(Hop last) {
        return last.inner().ttl() > 1
                ? Optional.empty()
                : Optional.of(
                        ttlExpired(
                                last.where(),
                                last.inner().destination(),
                                "it came in with TTL " + last.inner().ttl()));
    }

    private static Finding ttlExpired(Place place, Ipv4Address destination, String evidence) {
        return new Finding(
                DropReason.TTL_EXPIRED,
                "its TTL ran out at " + Explainer.name(place),
                List.of(evidence),
                new LossRemedy.At(place, "ip route get " + destination));
    }

    private Finding unknown(Hop last) {
        return new Finding(
                DropReason.UNKNOWN,
                "it was seen at "
                        + last.interfaceName()
                        + " of "
                        + Explainer.name(last.where())
                        + " last; none of the known reasons holds there",
                List.of(),
                List.of());
    }

    /** The cause that an ICMP error reports. */
    Finding confessed(Header.Icmp icmp, Hop error, Hop last) {
        Place place = error.where();
        Ipv4Address destination = last.inner().destination();
        if (icmp.type() == Header.Icmp.TIME_EXCEEDED) {
            return ttlExpired(
                    place, destination, "ICMP time exceeded from " + error.inner().source());
        }
        String said = "ICMP " + icmp.unreachable() + " from " + error.inner().source();
        return switch (icmp.code()) {
            case Header.Icmp.FRAGMENTATION_NEEDED ->
                    tooBig.at(
                            place,
                            destination,
                            last.inner().totalLength(),
                            icmp.nextHopMtu(),
                            said + ", MTU " + icmp.nextHopMtu());
            case 0 -> ways.noRoute(place, destination, said);
            case 1 ->
                    ways.fault(place, destination)
                            .orElseGet(() -> ways.noNeighbour(place, destination, "", said));
            case 3 ->
                    new Finding(
                            DropReason.PORT_CLOSED,
                            Explainer.name(place) + " says: port unreachable",
                            List.of(said),
                            List.of());
            default ->
                    filters.dropped(place, "forward", DropReason.FORWARD_DROP, "rejects it")
                            .orElseGet(() ->
                                    new Finding(
                                            DropReason.FORWARD_DROP,
                                            Explainer.name(place) + " rejects it",
                                            List.of(said),
                                            List.of()));
        };
    }

    /** The cause if it left no interface of its source. */
    Finding unsent(ProbePacket probe, Place source, String complaint) {
        Ipv4Address destination = probe.to().address();
        return tooBig.unsent(source, destination, probe.size(), complaint)
                .or(() -> ways.fault(source, destination))
                .or(() ->
                        filters.dropped(
                                source, "output", DropReason.FORWARD_DROP, "drops what it sends"))
                .orElseGet(() ->
                        new Finding(
                                DropReason.UNKNOWN,
                                "nothing left " + Explainer.name(source),
                                complaint.lines().toList(),
                                List.of()));
    }
}
