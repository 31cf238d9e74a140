package dev.cnilab.trace.run;

import dev.cnilab.base.Failure;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.trace.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A snapshot of the cluster's nodes, pods and Services, with lookup by name and address. */
record ClusterInventory(List<Node> nodes, List<Pod> pods, List<Service> services) {

    private static final String OUTSIDE = "outside";

    static ClusterInventory of(ClusterView cluster) throws IOException {
        return new ClusterInventory(cluster.nodes(), cluster.pods(), cluster.services());
    }

    /**
     * @param name a node, a pod, a Service, an IPv4 address, or {@code outside}; pods and Services
     *     with their namespace if the name alone is ambiguous
     * @throws Failure if unknown or ambiguous
     */
    Endpoint find(String name) throws Failure {
        if (name.equals(OUTSIDE)) {
            return new Endpoint(
                    Endpoint.Kind.OUTSIDE,
                    OUTSIDE,
                    Ipv4Address.ANY,
                    Optional.of(new Place.Outside()));
        }
        List<Node> nodes = this.nodes.stream().filter(node -> node.name().equals(name)).toList();
        if (!nodes.isEmpty()) {
            return endpoint(nodes.getFirst());
        }
        List<Pod> pods =
                this.pods.stream().filter(pod -> named(name, pod.namespace(), pod.name())).toList();
        List<Service> services =
                this.services.stream()
                        .filter(service -> named(name, service.namespace(), service.name()))
                        .toList();
        if (pods.size() + services.size() > 1) {
            throw failure("which-place", "there are several '" + name + "': name the namespace");
        } else if (!pods.isEmpty()) {
            return endpoint(pods.getFirst());
        } else if (!services.isEmpty()) {
            return endpoint(services.getFirst());
        }
        try {
            return at(Ipv4Address.parse(name));
        } catch (IllegalArgumentException e) {
            throw failure("no-such-place", "no such node, pod, Service or address: " + name);
        }
    }

    /** The endpoint with that address. */
    Endpoint at(Ipv4Address address) throws Failure {
        for (Node node : nodes) {
            if (node.internalIp().equals(address)) {
                return endpoint(node);
            }
        }
        for (Pod pod : pods) {
            if (pod.ip().equals(Optional.of(address))) {
                return endpoint(pod);
            }
        }
        for (Service service : services) {
            if (service.clusterIp().equals(Optional.of(address))) {
                return endpoint(service);
            }
        }
        return new Endpoint(Endpoint.Kind.ADDRESS, address.toString(), address, Optional.empty());
    }

    Optional<Service> service(Endpoint endpoint) {
        return services.stream()
                .filter(service -> service.clusterIp().equals(Optional.of(endpoint.address())))
                .findFirst();
    }

    Optional<Service> serviceOfNodePort(int port) {
        return services.stream()
                .filter(service -> port != 0 && service.nodePort() == port)
                .findFirst();
    }

    /** The Ready pods that a Service selects. */
    List<Pod> backends(Service service) {
        return pods.stream()
                .filter(pod -> pod.namespace().equals(service.namespace()))
                .filter(pod -> !service.selector().isEmpty())
                .filter(pod -> pod.labels().entrySet().containsAll(service.selector().entrySet()))
                .filter(pod -> pod.ready() && pod.ip().isPresent())
                .toList();
    }

    /** The node whose podCIDR contains the address. */
    Optional<Node> podsOf(Ipv4Address address) {
        return nodes.stream()
                .filter(node ->
                        node.podSubnet().filter(subnet -> subnet.contains(address)).isPresent())
                .findFirst();
    }

    Optional<Node> node(Place location) {
        return location instanceof Place.OnNode(String name)
                ? nodes.stream().filter(node -> node.name().equals(name)).findFirst()
                : Optional.empty();
    }

    Optional<Pod> pod(Place location) {
        return location instanceof Place.InPod(String namespace, String name)
                ? pods.stream()
                        .filter(pod -> pod.namespace().equals(namespace) && pod.name().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    /** The place whose network namespace a pod uses: the node's with hostNetwork. */
    static Place network(Pod pod) {
        return pod.hostNetwork() && pod.node().isPresent()
                ? new Place.OnNode(pod.node().get())
                : new Place.InPod(pod.namespace(), pod.name());
    }

    private static Endpoint endpoint(Node node) {
        return new Endpoint(
                Endpoint.Kind.NODE,
                node.name(),
                node.internalIp(),
                Optional.of(new Place.OnNode(node.name())));
    }

    private static Endpoint endpoint(Pod pod) throws Failure {
        Ipv4Address address =
                pod.ip()
                        .orElseThrow(() ->
                                failure("no-address", "pod " + pod.name() + " has no address yet"));
        return new Endpoint(Endpoint.Kind.POD, pod.name(), address, Optional.of(network(pod)));
    }

    private static Endpoint endpoint(Service service) throws Failure {
        Ipv4Address address =
                service.clusterIp()
                        .orElseThrow(() ->
                                failure(
                                        "no-address",
                                        "Service " + service.name() + " has no cluster IP"));
        return new Endpoint(Endpoint.Kind.SERVICE, service.name(), address, Optional.empty());
    }

    private static boolean named(String name, String namespace, String own) {
        return name.equals(own) || name.equals(namespace + "/" + own);
    }

    private static Failure failure(String id, String what) {
        return new Failure(
                Failure.Kind.USAGE, id, what, "", "lab status lists nodes, pods and Services");
    }
}
