package dev.cnilab.trace.run;

import dev.cnilab.base.TimeFactor;
import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.capture.RunningCapture;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Unwatched;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Captures on all interfaces of several places. */
final class CaptureSession implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    /** How long to wait for the last frames. */
    private static final Duration DELIVERY = Duration.ofSeconds(5);

    /** Maximum duration, which ends a capture if the tracer was killed. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final TimeFactor timeFactor;
    private final List<RunningCapture> captures = new ArrayList<>();
    private final List<Unwatched> unwatched = new ArrayList<>();
    private final ConcurrentLinkedQueue<Sighting> sightings = new ConcurrentLinkedQueue<>();

    private CaptureSession(TimeFactor timeFactor) {
        this.timeFactor = timeFactor;
    }

    static CaptureSession open(
            ClusterView cluster,
            Networks networks,
            TimeFactor timeFactor,
            Collection<Place> places,
            ProbePacket.Protocol protocol) {
        CaptureSession lookout = new CaptureSession(timeFactor);
        Map<Place, RunningCapture> starting = new LinkedHashMap<>();
        try {
            for (Place place : places) {
                lookout.start(cluster, networks, place, protocol)
                        .ifPresent(capture -> starting.put(place, capture));
            }
            for (RunningCapture capture : starting.values()) {
                lookout.awaitListening(capture);
            }
            return lookout;
        } catch (RuntimeException e) {
            starting.values().forEach(RunningCapture::close);
            throw e;
        }
    }

    private Optional<RunningCapture> start(
            ClusterView cluster, Networks networks, Place place, ProbePacket.Protocol protocol) {
        try {
            List<String> interfaces =
                    place instanceof Place.Outside ? network(cluster, networks) : List.of("any");
            return Optional.of(
                    RunningCapture.start(
                            cluster,
                            place,
                            interfaces,
                            filter(protocol),
                            timeFactor.times(LONGEST),
                            frame -> sightings.add(Sighting.of(place, frame))));
        } catch (IOException e) {
            unwatched.add(new Unwatched(place, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /**
     * The interfaces of the lab's network on this machine: its bridge and the bridge's ports of the
     * nodes.
     */
    private static List<String> network(ClusterView cluster, Networks networks) throws IOException {
        List<Interface> links = networks.at(new Place.Outside()).links();
        Ipv4Address node = cluster.nodes().getFirst().internalIp();
        String bridge =
                links.stream()
                        .filter(link -> LocalNetwork.joins(link, node))
                        .map(Interface::name)
                        .findFirst()
                        .orElseThrow(
                                () -> new IOException("no interface there leads to the nodes"));
        return Stream.concat(
                        Stream.of(bridge),
                        links.stream()
                                .filter(link -> link.master().equals(bridge) && link.up())
                                .map(Interface::name))
                .toList();
    }

    /**
     * Includes ICMP, since replies may be ICMP errors, and ARP, which shows the resolution of next
     * hops.
     */
    private static String filter(ProbePacket.Protocol protocol) {
        return switch (protocol) {
            case ICMP -> "arp or icmp or inner icmp";
            case TCP -> "arp or icmp or inner icmp or tcp or inner tcp";
        };
    }

    private void awaitListening(RunningCapture capture) {
        try {
            capture.awaitListening(timeFactor.times(START));
            captures.add(capture);
        } catch (IOException e) {
            capture.close();
            unwatched.add(new Unwatched(capture.location(), String.valueOf(e.getMessage())));
        }
    }

    List<Place> places() {
        return captures.stream().map(RunningCapture::location).toList();
    }

    List<Unwatched> unwatched() {
        return unwatched;
    }

    void awaitDelivered(Instant time) throws IOException {
        for (RunningCapture capture : captures) {
            capture.awaitDelivered(time, timeFactor.times(DELIVERY));
        }
    }

    /** What was captured from that time on; the rest is dropped. */
    List<Sighting> since(Instant time) {
        sightings.removeIf(sighting -> sighting.frame().time().isBefore(time));
        return List.copyOf(sightings);
    }

    long dropped() {
        return captures.stream().mapToLong(capture -> capture.counts().dropped()).sum();
    }

    @Override
    public void close() {
        captures.forEach(RunningCapture::close);
    }
}
