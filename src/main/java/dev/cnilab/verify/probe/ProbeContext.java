package dev.cnilab.verify.probe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.JsonCommand;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Tunnel;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.NodeSpec;
import dev.cnilab.spec.Target;
import dev.cnilab.spec.Template;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the cluster for one attempt of a step. Links and tunnel are queried on demand and
 * cached.
 */
public final class ProbeContext {

    /** The timeout of commands that do not wait themselves. */
    private static final Duration COMMAND = Duration.ofSeconds(20);

    private final LabSpec spec;
    private final ClusterView cluster;
    private final TimeFactor timeFactor;
    private final List<Node> nodes;
    private final List<Pod> pods;
    private final List<Service> services;
    private volatile @Nullable Tunnel tunnel;
    private final Map<Place, Interfaces> interfaces = new ConcurrentHashMap<>();

    private ProbeContext(
            LabSpec spec,
            ClusterView cluster,
            TimeFactor timeFactor,
            List<Node> nodes,
            List<Pod> pods,
            List<Service> services) {
        this.spec = spec;
        this.cluster = cluster;
        this.timeFactor = timeFactor;
        this.nodes = nodes;
        this.pods = pods;
        this.services = services;
    }

    /** Takes a new snapshot. */
    public static ProbeContext of(LabSpec spec, ClusterView cluster, TimeFactor timeFactor)
            throws IOException {
        return new ProbeContext(
                spec, cluster, timeFactor, cluster.nodes(), cluster.pods(), cluster.services());
    }

    LabSpec spec() {
        return spec;
    }

    ClusterView cluster() {
        return cluster;
    }

    /** A duration multiplied by the time factor. */
    Duration stretched(Duration usual) {
        return timeFactor.times(usual);
    }

    /** Runs a program of the place itself, and waits for its exit. */
    ExecResult run(Vantage spot, List<String> argv) throws IOException {
        return cluster.exec(spot.location(), argv, stretched(COMMAND));
    }

    /** Runs a program in the place's network namespace, and waits for its exit. */
    ExecResult runInNetwork(Vantage spot, List<String> argv) throws IOException {
        return runInNetwork(spot, argv, Duration.ZERO);
    }

    /**
     * Runs a program in the place's network namespace that waits itself.
     *
     * @param waits its maximum duration, on a machine of normal speed
     */
    ExecResult runInNetwork(Vantage spot, List<String> argv, Duration waits) throws IOException {
        return cluster.execInNetwork(spot.location(), argv, stretched(COMMAND.plus(waits)));
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Pod> pods() {
        return pods;
    }

    Node node(String name) throws IOException {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no node " + name));
    }

    List<Service> services() {
        return services;
    }

    Service service(String name) throws IOException {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .filter(service -> service.namespace().equals(spec.verify().namespace()))
                .findFirst()
                .orElseThrow(() -> new IOException("no Service " + name));
    }

    /** The selected pods that have an address. */
    List<Vantage> podSpots() throws IOException {
        List<Vantage> spots = new ArrayList<>();
        for (Pod pod : pods) {
            boolean selected =
                    pod.namespace().equals(spec.verify().namespace())
                            && pod.labels()
                                    .entrySet()
                                    .containsAll(spec.verify().selector().entrySet());
            Optional<String> node = pod.node();
            if (selected && pod.ready() && pod.ip().isPresent() && node.isPresent()) {
                spots.add(Vantage.in(pod, node(node.get())));
            }
        }
        return spots;
    }

    /**
     * @throws IOException if there is none
     */
    List<Vantage> spots(Target place) throws IOException {
        List<Vantage> spots =
                switch (place) {
                    case Target.EachNode _ -> nodes.stream().map(Vantage::on).toList();
                    case Target.EachPod _ -> podSpots();
                    case Target.Outside _ -> List.of(Vantage.outside());
                    case Target.OneNode one -> List.of(Vantage.on(first(one.role())));
                    case Target.OnePod one -> List.of(podOn(first(one.role())));
                };
        if (spots.isEmpty()) {
            throw new IOException("no " + place.text() + " is Ready");
        }
        return spots;
    }

    Vantage spot(Target.Single place) throws IOException {
        return spots(place).getFirst();
    }

    private Node first(NodeSpec.Role role) throws IOException {
        return nodes.stream()
                .filter(node -> node.role().name().equals(role.name()))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + role.text() + " node"));
    }

    private Vantage podOn(Node node) throws IOException {
        return podSpots().stream()
                .filter(spot -> spot.node().equals(Optional.of(node)))
                .findFirst()
                .orElseThrow(() -> new IOException("no demo pod is Ready on " + node.name()));
    }

    Interfaces interfaces(Place location) throws IOException {
        Interfaces known = interfaces.get(location);
        if (known == null) {
            known = Interfaces.parse(json(location, List.of("ip", "-j", "-d", "addr", "show")));
            interfaces.put(location, known);
        }
        return known;
    }

    /** Empty before the CNI runs, and for one without a tunnel. */
    Optional<Tunnel> tunnel() throws IOException {
        Tunnel known = tunnel;
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Tunnel> asked = cluster.tunnel();
        tunnel = asked.orElse(null);
        return asked;
    }

    /** Of that node's pods and tunnel: the spec's, or what eth0 leaves after the outer headers. */
    int mtu(Node node) throws IOException {
        int room = externalMtu(node) - tunnel().map(Tunnel::overhead).orElse(0);
        return Math.min(room, spec.cni().mtu().orElse(room));
    }

    /** Text about the lab as a whole. */
    public String fill(Template template) throws IOException {
        return Values.at(this, Vantage.outside()).fill(template);
    }

    /** The MTU of the node's eth0. */
    int externalMtu(Node node) throws IOException {
        return interfaces(new Place.OnNode(node.name()))
                .named("eth0")
                .map(Interfaces.Interface::mtu)
                .orElseThrow(() -> new IOException(node.name() + " has no eth0"));
    }

    /** Runs a command that prints JSON. */
    JsonNode json(Place location, List<String> argv) throws IOException {
        return JsonCommand.run(cluster, location, argv, stretched(COMMAND));
    }
}
