package dev.cnilab.verify.probe;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.spec.ProbeSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends requests as the tutorial does, with curl, and looks who answered and whom it saw. */
final class HttpProbe {

    /**
     * A Service picks a backend at random: so often is it asked until the caller itself answers.
     */
    private static final int OWN_SERVICE_TRIES = 64;

    /** Longest that one request may take. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Pattern SEEN = Pattern.compile("(?im)^X-Seen-Source:\\s*(\\S+)\\s*$");
    private static final Pattern POD_NAME = Pattern.compile("PodName: (\\S+)");

    private final Surroundings surroundings;
    private final ProbeSpec.Http probe;

    HttpProbe(Surroundings surroundings, ProbeSpec.Http probe) {
        this.surroundings = surroundings;
        this.probe = probe;
    }

    List<Claim> observe() throws IOException {
        List<Request> requests = new ArrayList<>();
        for (Spot from : surroundings.spots(probe.from())) {
            requests.addAll(requests(from));
        }
        List<Claim> claims = Parallel.flatMap(requests, this::send);
        return claims.isEmpty()
                ? List.of(Claim.equal("requests", "at least one", "nobody to ask", ""))
                : claims;
    }

    /**
     * @param chooser the spot whose node picked the backend
     * @param pod whom it must reach; empty where the Service picks
     */
    private record Request(Spot from, String target, Spot chooser, Optional<Spot> pod) {}

    private List<Request> requests(Spot from) throws IOException {
        List<Request> requests = new ArrayList<>();
        switch (probe.to()) {
            case ProbeSpec.Target.EachPod each -> {
                for (Spot pod : surroundings.podSpots()) {
                    if (!pod.location().equals(from.location())) {
                        requests.add(
                                new Request(
                                        from,
                                        pod.address() + ":" + each.port(),
                                        from,
                                        Optional.of(pod)));
                    }
                }
            }
            case ProbeSpec.Target.ClusterIp cluster ->
                    requests.add(
                            new Request(from, address(cluster.service()), from, Optional.empty()));
            case ProbeSpec.Target.OwnService own ->
                    requests.add(
                            new Request(from, address(own.service()), from, Optional.of(from)));
            case ProbeSpec.Target.NodePort nodePort -> {
                int port = surroundings.service(nodePort.service()).nodePort();
                for (Node node : surroundings.nodes()) {
                    requests.add(
                            new Request(
                                    from,
                                    node.internalIp() + ":" + port,
                                    Spot.on(node),
                                    Optional.empty()));
                }
            }
        }
        return requests;
    }

    private String address(String name) throws IOException {
        Service service = surroundings.service(name);
        Ipv4Address address =
                service.clusterIp().orElseThrow(() -> new IOException(name + " has no cluster IP"));
        return address + ":" + service.port();
    }

    private List<Claim> send(Request request) throws IOException {
        boolean own = probe.to() instanceof ProbeSpec.Target.OwnService;
        ExecResult result = curl(request);
        for (int i = 1; own && i < OWN_SERVICE_TRIES && answeredByOther(request, result); i++) {
            result = curl(request);
        }
        String subject = request.from().name() + " -> " + request.target();
        int end = result.stdout().indexOf("\r\n\r\n");
        String body = end < 0 ? "" : result.stdout().substring(end).strip();
        Optional<Spot> backend = request.pod().isPresent() ? request.pod() : answering(body);
        if (!result.ok() || backend.isEmpty()) {
            String expected = "an answer of a demo pod";
            return List.of(new Claim(subject, expected, result.describe(), false, ""));
        }
        Values values = Values.at(surroundings, request.from());
        List<Claim> claims = new ArrayList<>();
        claims.add(
                Claim.equal(
                        subject,
                        values.towards(backend.get()).fill(probe.body()),
                        body,
                        result.stderr()));
        if (probe.seenSource().isPresent()) {
            claims.add(source(subject, probe.seenSource().get(), request, backend.get(), result));
        }
        return claims;
    }

    /** Whose address the backend saw, against whose it should have seen. */
    private Claim source(
            String subject,
            ProbeSpec.SeenSource expected,
            Request request,
            Spot backend,
            ExecResult result)
            throws IOException {
        boolean same = backend.node().equals(request.chooser().node());
        boolean nodePort = probe.to() instanceof ProbeSpec.Target.NodePort;
        Values values =
                Values.at(surroundings, request.from())
                        .towards(nodePort ? request.chooser() : backend);
        Matcher seen = SEEN.matcher(result.stdout());
        return Claim.equal(
                subject + ": source that " + backend.name() + " sees",
                values.fill(same ? expected.sameNode() : expected.otherNode()),
                seen.find() ? seen.group(1) : "not told",
                "");
    }

    private ExecResult curl(Request request) throws IOException {
        String seconds = Long.toString(surroundings.stretched(ANSWER).toSeconds());
        return surroundings.run(
                request.from(), List.of("curl", "-s", "-i", "-m", seconds, request.target()));
    }

    private static boolean answeredByOther(Request request, ExecResult result) {
        Matcher name = POD_NAME.matcher(result.stdout());
        return name.find() && !name.group(1).equals(request.from().name());
    }

    private Optional<Spot> answering(String body) throws IOException {
        Matcher name = POD_NAME.matcher(body);
        return name.find()
                ? surroundings.podSpots().stream()
                        .filter(spot -> spot.name().equals(name.group(1)))
                        .findFirst()
                : Optional.empty();
    }
}
