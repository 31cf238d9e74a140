package dev.cnilab.trace.run;

import dev.cnilab.base.Failure;
import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Service;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.trace.Endpoint;
import dev.cnilab.trace.ProbePacket;
import java.util.Optional;

/** Turns a request into a probe. */
final class ProbePlan {

    private static final int HTTP = 80;

    /** ping's default payload in bytes. */
    private static final int PAYLOAD = 56;

    private final String lab;
    private final ClusterInventory inhabitants;
    private final Networks networks;

    /**
     * @param lab its name
     */
    ProbePlan(String lab, ClusterInventory inhabitants, Networks networks) {
        this.lab = lab;
        this.inhabitants = inhabitants;
        this.networks = networks;
    }

    ProbePacket plan(TraceRequest request) throws Failure {
        Endpoint from = inhabitants.find(request.from());
        if (from.location().isEmpty()) {
            throw usage(
                    "no-sender",
                    "nothing can be sent from " + request.from(),
                    "FROM is a node, a pod, or outside");
        }
        Endpoint to = inhabitants.find(request.to());
        Optional<Service> service = inhabitants.service(to);
        ProbePacket.Protocol protocol =
                request.protocol()
                        .orElse(
                                request.port().isPresent() || service.isPresent()
                                        ? ProbePacket.Protocol.TCP
                                        : ProbePacket.Protocol.ICMP);
        if (protocol == ProbePacket.Protocol.TCP
                && (request.size().isPresent() || request.dontFragment())) {
            throw usage(
                    "size-of-tcp",
                    "--size and --df are of an echo request, not of a TCP connection",
                    "leave them out, or trace with --icmp");
        }
        int port = request.port().orElse(service.map(Service::port).orElse(HTTP));
        if (service.isPresent() && from.kind() == Endpoint.Kind.OUTSIDE) {
            // Outside, a cluster IP has no route: use the node port.
            port = nodePort(service.get());
            to = inhabitants.at(inhabitants.nodes().getLast().internalIp());
        }
        return new ProbePacket(
                addressed(from),
                addressed(to),
                protocol,
                protocol == ProbePacket.Protocol.TCP ? port : 0,
                protocol == ProbePacket.Protocol.ICMP ? request.size().orElse(PAYLOAD) : 0,
                request.dontFragment());
    }

    private int nodePort(Service service) throws Failure {
        if (service.nodePort() == 0) {
            throw usage(
                    "no-node-port",
                    "Service "
                            + service.name()
                            + " can't be reached from outside: it has no"
                            + " node port",
                    new LossRemedy.Kubectl(
                                    "-n %s patch service %s -p '{\"spec\":{\"type\":\"NodePort\"}}'"
                                            .formatted(service.namespace(), service.name()))
                            .of(lab));
        }
        return service.nodePort();
    }

    /** Sets the address of outside on the nodes' network. */
    private Endpoint addressed(Endpoint endpoint) {
        if (endpoint.kind() != Endpoint.Kind.OUTSIDE) {
            return endpoint;
        }
        Ipv4Address node = inhabitants.nodes().getFirst().internalIp();
        Ipv4Address address =
                networks.at(new Place.Outside()).links().stream()
                        .filter(link -> LocalNetwork.joins(link, node))
                        .flatMap(LocalNetwork::addresses)
                        .findFirst()
                        .orElse(endpoint.address());
        return new Endpoint(endpoint.kind(), endpoint.name(), address, endpoint.location());
    }

    private static Failure usage(String id, String what, String advice) {
        return usage(id, what, Remedy.advise(advice));
    }

    private static Failure usage(String id, String what, Remedy remedy) {
        return new Failure(Failure.Kind.USAGE, id, what, "", remedy);
    }
}
