package dev.cnilab.trace.run;

import dev.cnilab.cluster.Interfaces.Interface;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Diagnoses packets with DF that exceed a link's MTU or the sender's cached path MTU. */
final class MtuDiagnosis {

    /** IPv4 without options, and the ICMP echo header. */
    private static final int HEADERS = 20 + 8;

    private final Networks networks;

    MtuDiagnosis(Networks networks) {
        this.networks = networks;
    }

    /**
     * @param length of the whole packet
     * @param mtu the maximum that the place reports
     * @param said how it reports it
     */
    Finding at(Place place, Ipv4Address destination, int length, int mtu, String said) {
        Optional<Interface> link =
                networks.at(place)
                        .route(destination)
                        .flatMap(route -> networks.at(place).link(route.device()));
        String name = Explainer.name(place);
        List<String> evidence = new ArrayList<>(List.of(said));
        boolean wider = link.filter(each -> each.mtu() > mtu).isPresent();
        if (wider) {
            // An earlier ICMP "fragmentation needed", or a route's mtu (RFC 1191, 6.3).
            evidence.add(
                    "%s takes %d: %s remembers a smaller MTU, or its route has one (ip route get %s)"
                            .formatted(link.get().name(), link.get().mtu(), name, destination));
        }
        return new Finding(
                DropReason.MTU,
                "%d bytes with DF do not fit into %s of %s, which takes %d"
                        .formatted(
                                length,
                                wider
                                        ? "the way to " + destination
                                        : link.map(Interface::name).orElse("a link"),
                                name,
                                mtu),
                evidence,
                new LossRemedy.Advice(
                        "send at most --size " + (mtu - HEADERS) + ", or without --df"));
    }

    /**
     * Diagnoses an echo request that the sender did not send; {@code complaint} is ping's error.
     */
    Optional<Finding> unsent(Place source, Ipv4Address destination, int payload, String complaint) {
        return complaint
                .lines()
                .filter(line -> line.contains("too long"))
                .findFirst()
                .map(line -> at(source, destination, payload + HEADERS, mtu(line), line));
    }

    private static int mtu(String complaint) {
        return Integer.parseInt(complaint.replaceAll(".*mtu[ =]*", "").replaceAll("[^0-9].*", ""));
    }
}
