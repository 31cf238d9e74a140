package dev.cnilab.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.JsonCommand;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a lab's network with commands in its nodes and pods. */
public final class TopologyReader {

    private static final Duration COMMAND = Duration.ofSeconds(20);

    private final ClusterView cluster;
    private final TimeFactor timeFactor;

    public TopologyReader(ClusterView cluster, TimeFactor timeFactor) {
        this.cluster = cluster;
        this.timeFactor = timeFactor;
    }

    /**
     * Reads the current state. A place that cannot be read, such as a terminating pod, has the
     * reason instead.
     *
     * @throws IOException when the cluster does not answer
     */
    public Topology read(String lab) throws IOException {
        Instant now = Instant.now();
        List<Node> nodes = cluster.nodes();
        List<Pod> pods = cluster.pods();
        Map<Place, Netns> found = new HashMap<>();
        Parallel.flatMap(places(nodes, pods), place -> List.of(readPlace(place)))
                .forEach(netns -> found.put(netns.location(), netns));
        return new Topology(
                        lab,
                        cluster.tunnel(),
                        now,
                        Objects.requireNonNull(found.get(new Place.Outside())),
                        nodes.stream().map(node -> node(node, pods, found)).toList())
                .withoutOtherInterfaces();
    }

    private static List<Place> places(List<Node> nodes, List<Pod> pods) {
        List<Place> places = new ArrayList<>();
        places.add(new Place.Outside());
        nodes.forEach(node -> places.add(new Place.OnNode(node.name())));
        pods.stream()
                .filter(TopologyReader::hasNetwork)
                .forEach(pod -> places.add(new Place.InPod(pod.namespace(), pod.name())));
        return places;
    }

    private static boolean hasNetwork(Pod pod) {
        return pod.node().isPresent() && pod.ip().isPresent() && !pod.hostNetwork();
    }

    private static NodeNet node(Node node, List<Pod> pods, Map<Place, Netns> found) {
        List<PodNet> own = new ArrayList<>();
        List<String> guests = new ArrayList<>();
        for (Pod pod : pods) {
            if (!pod.node().filter(node.name()::equals).isPresent()) {
                continue;
            }
            if (pod.hostNetwork()) {
                guests.add(pod.name());
            } else if (hasNetwork(pod)) {
                Place place = new Place.InPod(pod.namespace(), pod.name());
                own.add(
                        new PodNet(
                                pod.namespace(),
                                pod.name(),
                                pod.ip(),
                                Objects.requireNonNull(found.get(place))));
            }
        }
        Place place = new Place.OnNode(node.name());
        return new NodeNet(node, Objects.requireNonNull(found.get(place)), own, guests);
    }

    private Netns readPlace(Place place) {
        try {
            return new Netns(
                    place,
                    Interfaces.parse(json(place, "ip", "-j", "-d", "addr", "show")).links(),
                    routes(json(place, "ip", "-j", "route", "show")),
                    "");
        } catch (IOException e) {
            return Netns.unread(place, String.valueOf(e.getMessage()));
        }
    }

    private JsonNode json(Place place, String... argv) throws IOException {
        return JsonCommand.run(cluster, place, List.of(argv), timeFactor.times(COMMAND));
    }

    static List<NodeRoute> routes(JsonNode json) {
        List<NodeRoute> routes = new ArrayList<>();
        for (JsonNode route : json) {
            List<String> flags = new ArrayList<>();
            route.path("flags").forEach(flag -> flags.add(flag.asText()));
            routes.add(
                    new NodeRoute(
                            route.path("dst").asText(),
                            route.path("gateway").asText(),
                            route.path("dev").asText(),
                            route.path("protocol").asText(),
                            route.path("scope").asText(),
                            route.path("prefsrc").asText(),
                            flags));
        }
        return routes;
    }
}
