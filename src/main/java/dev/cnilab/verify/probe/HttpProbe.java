package dev.cnilab.verify.probe;

import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.cluster.Service;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.spec.ProbeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends HTTP requests with curl, and checks which pod answered and which source address it saw. */
final class HttpProbe {

    /**
     * A Service selects backends at random. 16 requests per backend miss the caller with a
     * probability of e^-16, one in ten million; they are sent in batches, since the first one
     * usually suffices.
     */
    private static final int OWN_SERVICE_BATCHES = 8;

    private static final int OWN_SERVICE_BATCH_PER_BACKEND = 2;

    private static final Pattern SEEN = Pattern.compile("(?im)^X-Seen-Source:\\s*(\\S+)\\s*$");
    private static final Pattern POD_NAME = Pattern.compile("PodName: (\\S+)");

    private final ProbeContext surroundings;
    private final ProbeSpec.Http probe;

    HttpProbe(ProbeContext surroundings, ProbeSpec.Http probe) {
        this.surroundings = surroundings;
        this.probe = probe;
    }

    List<Claim> observe() throws IOException {
        List<Claim> claims = Parallel.flatMap(surroundings.spots(probe.from()), this::ask);
        return claims.isEmpty()
                ? List.of(Claim.equal("requests", "at least one", "no pod to request from", ""))
                : claims;
    }

    /** Sends all requests of one place. */
    private List<Claim> ask(Vantage from) throws IOException {
        List<Request> requests = requests(from);
        List<Claim> claims = new ArrayList<>();
        if (!requests.isEmpty()) {
            List<Curl.Answer> answers = answers(from, requests);
            for (int i = 0; i < requests.size(); i++) {
                claims.addAll(check(requests.get(i), answers.get(i)));
            }
        }
        return claims;
    }

    private List<Curl.Answer> answers(Vantage from, List<Request> requests) throws IOException {
        return probe.to() instanceof ProbeSpec.HttpTarget.OwnService
                ? List.of(ownAnswer(from, requests.getFirst().target()))
                : Curl.ask(surroundings, from, requests.stream().map(Request::target).toList());
    }

    /** Sends requests until the caller itself or none answers. */
    private Curl.Answer ownAnswer(Vantage from, String target) throws IOException {
        int batch = OWN_SERVICE_BATCH_PER_BACKEND * surroundings.podSpots().size();
        Curl.Answer last = Curl.Answer.NONE;
        for (int i = 0; i < OWN_SERVICE_BATCHES; i++) {
            for (Curl.Answer answer :
                    Curl.ask(surroundings, from, Collections.nCopies(batch, target))) {
                if (!answer.complaint().isEmpty() || answeredBy(from, answer)) {
                    return answer;
                }
                last = answer;
            }
        }
        return last;
    }

    /**
     * @param chooser the place whose node selected the backend
     * @param pod the expected backend; empty if the Service selects it
     */
    private record Request(Vantage from, String target, Vantage chooser, Optional<Vantage> pod) {}

    private List<Request> requests(Vantage from) throws IOException {
        List<Request> requests = new ArrayList<>();
        switch (probe.to()) {
            case ProbeSpec.HttpTarget.EachPod each -> {
                for (Vantage pod : surroundings.podSpots()) {
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
            case ProbeSpec.HttpTarget.ClusterIp cluster ->
                    requests.add(
                            new Request(from, address(cluster.service()), from, Optional.empty()));
            case ProbeSpec.HttpTarget.OwnService own ->
                    requests.add(
                            new Request(from, address(own.service()), from, Optional.of(from)));
            case ProbeSpec.HttpTarget.NodePort nodePort -> {
                int port = surroundings.service(nodePort.service()).nodePort();
                for (Node node : surroundings.nodes()) {
                    requests.add(
                            new Request(
                                    from,
                                    node.internalIp() + ":" + port,
                                    Vantage.on(node),
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

    private List<Claim> check(Request request, Curl.Answer answer) throws IOException {
        String subject = request.from().name() + " -> " + request.target();
        String body = answer.body();
        Optional<Vantage> backend = request.pod().isPresent() ? request.pod() : answering(body);
        if (!answer.complaint().isEmpty() || backend.isEmpty()) {
            String expected = "an answer of a demo pod";
            return List.of(
                    new Claim(
                            subject, expected, answer.complaint() + answer.response(), false, ""));
        }
        Values values = Values.at(surroundings, request.from());
        List<Claim> claims = new ArrayList<>();
        claims.add(
                Claim.equal(subject, values.towards(backend.get()).fill(probe.body()), body, ""));
        if (probe.seenSource().isPresent()) {
            claims.add(source(subject, probe.seenSource().get(), request, backend.get(), answer));
        }
        return claims;
    }

    /** Compares the source address that the backend saw with the expected one. */
    private Claim source(
            String subject,
            ProbeSpec.SeenSource expected,
            Request request,
            Vantage backend,
            Curl.Answer answer)
            throws IOException {
        boolean same = backend.node().equals(request.chooser().node());
        boolean nodePort = probe.to() instanceof ProbeSpec.HttpTarget.NodePort;
        Values values =
                Values.at(surroundings, request.from())
                        .towards(nodePort ? request.chooser() : backend);
        Matcher seen = SEEN.matcher(answer.response());
        return Claim.equal(
                subject + ": source that " + backend.name() + " sees",
                values.fill(same ? expected.sameNode() : expected.otherNode()),
                seen.find() ? seen.group(1) : "not reported",
                "");
    }

    private static boolean answeredBy(Vantage pod, Curl.Answer answer) {
        Matcher name = POD_NAME.matcher(answer.body());
        return name.find() && name.group(1).equals(pod.name());
    }

    private Optional<Vantage> answering(String body) throws IOException {
        Matcher name = POD_NAME.matcher(body);
        return name.find()
                ? surroundings.podSpots().stream()
                        .filter(spot -> spot.name().equals(name.group(1)))
                        .findFirst()
                : Optional.empty();
    }
}
