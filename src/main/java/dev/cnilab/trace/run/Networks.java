package dev.cnilab.trace.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Interfaces;
import dev.cnilab.cluster.JsonCommand;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.Place;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Cached output of network commands in the places of a cluster. */
final class Networks {

    private static final Duration COMMAND = Duration.ofSeconds(20);

    private final ClusterView cluster;
    private final TimeFactor timeFactor;
    private final Map<Place, LocalNetwork> known = new ConcurrentHashMap<>();

    Networks(ClusterView cluster, TimeFactor timeFactor) {
        this.cluster = cluster;
        this.timeFactor = timeFactor;
    }

    /**
     * Queries several places in parallel. Nodes and outside are queried again each time; a pod only
     * until it has replied once, since each query starts a JVM there and little changes. The first
     * query may time out on a busy machine.
     */
    void learn(List<Place> locations) throws IOException {
        known.entrySet()
                .removeIf(each ->
                        !(each.getKey() instanceof Place.InPod)
                                || each.getValue().equals(LocalNetwork.UNKNOWN));
        Parallel.flatMap(locations, location -> List.of(at(location)));
    }

    /** The network of a place; empty if it has no {@code ip}, or no longer exists. */
    LocalNetwork at(Place location) {
        LocalNetwork network = known.get(location);
        if (network == null) {
            network = look(location);
            known.put(location, network);
        }
        return network;
    }

    /** The output of a command, or "" if it fails or does not exist. */
    String output(Place location, String... argv) {
        try {
            ExecResult result = run(location, List.of(argv));
            return result.ok() ? result.stdout() : "";
        } catch (IOException e) {
            return "";
        }
    }

    ExecResult run(Place location, List<String> argv) throws IOException {
        return cluster.execInNetwork(location, argv, timeFactor.times(COMMAND));
    }

    private LocalNetwork look(Place location) {
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            Future<String> routes = threads.submit(() -> output(location, "ip", "route", "show"));
            Future<String> neighs = threads.submit(() -> output(location, "ip", "neigh", "show"));
            String links = output(location, "ip", "-j", "-d", "address", "show");
            return links.isEmpty()
                    ? LocalNetwork.UNKNOWN
                    : new LocalNetwork(
                            Interfaces.parse(JsonCommand.parse(links)),
                            Route.parse(routes.get()),
                            LocalNetwork.neighs(neighs.get()));
        } catch (JsonProcessingException | ExecutionException e) {
            return LocalNetwork.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LocalNetwork.UNKNOWN;
        }
    }
}
