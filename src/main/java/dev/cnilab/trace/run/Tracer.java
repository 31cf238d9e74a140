package dev.cnilab.trace.run;

import dev.cnilab.base.Failure;
import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import dev.cnilab.host.ExecResult;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Tunnel;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.trace.Endpoint;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Traces probes from one place to another with captures on every interface of the path. Can send
 * any number of equal probes.
 */
public final class Tracer implements AutoCloseable {

    private final String lab;
    private final Optional<Tunnel> tunnel;
    private final ProbePacket probe;
    private final Place source;
    private final ClusterInventory inhabitants;
    private final Networks networks;
    private final CaptureSession lookout;
    private final Sender sender;
    private final InstantSource clock;
    private List<Frame> frames = List.of();

    private Tracer(
            String lab,
            Optional<Tunnel> tunnel,
            ProbePacket probe,
            Place source,
            ClusterInventory inhabitants,
            Networks networks,
            CaptureSession lookout,
            Sender sender,
            InstantSource clock) {
        this.lab = lab;
        this.tunnel = tunnel;
        this.probe = probe;
        this.source = source;
        this.inhabitants = inhabitants;
        this.networks = networks;
        this.lookout = lookout;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * Starts the captures, and waits until they listen.
     *
     * @throws Failure if source or destination is unknown, or cannot send
     */
    public static Tracer open(
            ClusterView cluster, String lab, TraceRequest request, TimeFactor timeFactor)
            throws IOException {
        return open(cluster, lab, request, timeFactor, InstantSource.system());
    }

    /**
     * @param clock that time-stamps the frames, too: of a cluster that is replayed, that of the
     *     recording
     */
    public static Tracer open(
            ClusterView cluster,
            String lab,
            TraceRequest request,
            TimeFactor timeFactor,
            InstantSource clock)
            throws IOException {
        ClusterInventory inhabitants = ClusterInventory.of(cluster);
        Networks networks = new Networks(cluster, timeFactor);
        ProbePacket probe = new ProbePlan(lab, inhabitants, networks).plan(request);
        Place source = probe.from().location().orElseThrow();
        Set<Place> places = places(probe, source, inhabitants);
        CaptureSession lookout =
                CaptureSession.open(cluster, networks, timeFactor, places, probe.protocol());
        return new Tracer(
                lab,
                cluster.tunnel(),
                probe,
                source,
                inhabitants,
                networks,
                lookout,
                new Sender(cluster, timeFactor),
                clock);
    }

    /** Sends a probe and returns its trace. */
    public Trace trace() throws IOException {
        BaselineCounters before = BaselineCounters.look(lookout.places(), networks);
        Instant sent = clock.instant();
        ExecResult result = sender.send(probe, source);
        lookout.awaitDelivered(clock.instant());
        List<Sighting> sightings = lookout.since(sent);
        networks.learn(lookout.places());
        Correlation found =
                Correlation.find(
                        sightings, probe, source, targets(), Comparator.comparingInt(this::rank));
        List<ObservedHop> request = ObservedHop.of(found.request(), networks);
        List<ObservedHop> reply = ObservedHop.of(found.reply(), networks);
        Instant start = request.isEmpty() ? sent : request.getFirst().sighting().frame().time();
        Explainer explainer = new Explainer(networks, new NatExplainer(networks, inhabitants));
        List<Hop> there = explainer.hops(request, start, false);
        List<Hop> back = explainer.hops(reply, start, true);
        frames =
                Stream.concat(found.request().stream(), found.reply().stream())
                        .map(Sighting::frame)
                        .toList();
        Verdict verdict =
                new VerdictBuilder(
                                lab,
                                probe,
                                source,
                                new LossDiagnosis(tunnel, inhabitants, networks, before, sightings),
                                result)
                        .judge(found, there, back);
        return new Trace(
                lab,
                tunnel.map(Tunnel::driver),
                probe,
                start,
                there,
                back,
                verdict,
                lookout.unwatched());
    }

    /** The frames of the last trace, in both directions, for a capture file. */
    public List<Frame> frames() {
        return frames;
    }

    /** The number of frames dropped by the kernel since the captures started. */
    public long dropped() {
        return lookout.dropped();
    }

    @Override
    public void close() {
        lookout.close();
    }

    /** The order of sightings with equal timestamps: ports before their bridge, tunnels last. */
    private int rank(Sighting sighting) {
        String device = sighting.frame().interfaceName();
        if (tunnel.filter(each -> each.device().equals(device)).isPresent()) {
            return 2;
        }
        return ObservedHop.link(sighting, networks).kind().equals("bridge") ? 1 : 0;
    }

    /** The possible destination addresses of the probe at its first interface. */
    private Set<Ipv4Address> targets() {
        Set<Ipv4Address> targets = new HashSet<>();
        targets.add(probe.to().address());
        service(probe, inhabitants)
                .ifPresent(service ->
                        inhabitants
                                .backends(service)
                                .forEach(pod -> pod.ip().ifPresent(targets::add)));
        return targets;
    }

    static Optional<Service> service(ProbePacket probe, ClusterInventory inhabitants) {
        return probe.to().kind() == Endpoint.Kind.SERVICE
                ? inhabitants.service(probe.to())
                : inhabitants.serviceOfNodePort(probe.port());
    }

    /** All places that the probe or its reply may pass. */
    private static Set<Place> places(
            ProbePacket probe, Place source, ClusterInventory inhabitants) {
        List<Place> ends = new ArrayList<>(List.of(source));
        probe.to().location().ifPresent(ends::add);
        service(probe, inhabitants)
                .ifPresent(service ->
                        inhabitants
                                .backends(service)
                                .forEach(pod -> ends.add(ClusterInventory.network(pod))));
        Set<Place> places = new LinkedHashSet<>();
        for (Place end : ends) {
            places.add(end);
            inhabitants
                    .pod(end)
                    .flatMap(Pod::node)
                    .ifPresent(node -> places.add(new Place.OnNode(node)));
        }
        // If no pod has this address: the node whose podCIDR contains it.
        inhabitants
                .podsOf(probe.to().address())
                .ifPresent(node -> places.add(new Place.OnNode(node.name())));
        places.add(new Place.Outside());
        return places;
    }
}
