package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.ProbePacket;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds one probe and its answer among all that was captured.
 *
 * @param request all its sightings, oldest first
 * @param reply all sightings of its reply, or of the ICMP error about it
 * @param answer the kind of reply
 */
record Correlation(List<Sighting> request, List<Sighting> reply, Answer answer) {

    /** The kinds of reply. */
    enum Answer {
        NONE,
        /** An echo reply, or a connection accepted. */
        PROPER,
        /** A connection refused. */
        RESET,
        ICMP_ERROR
    }

    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    /**
     * @param all of every place, since the probe was sent
     * @param source where the probe was sent
     * @param targets whom it may be addressed to when it is seen first: who translates addresses on
     *     the source itself does so before
     * @param order of the sightings of one moment
     */
    static Correlation find(
            List<Sighting> all,
            ProbePacket probe,
            Place source,
            Set<Ipv4Address> targets,
            Comparator<Sighting> order) {
        List<Sighting> sorted =
                all.stream()
                        .filter(Sighting::isIpv4)
                        .sorted(
                                Comparator.comparing((Sighting each) -> each.frame().time())
                                        .thenComparing(order))
                        .toList();
        Optional<Sighting> first =
                first(
                        sorted,
                        each ->
                                each.where().equals(source)
                                        && targets.contains(each.inner().destination())
                                        && isRequest(each, probe));
        if (first.isEmpty()) {
            return new Correlation(List.of(), List.of(), Answer.NONE);
        }
        List<Sighting> request =
                sorted.stream().filter(new Fingerprint(first.get())::matches).toList();
        return withReply(sorted, request);
    }

    private static Correlation withReply(List<Sighting> sorted, List<Sighting> request) {
        // Only first fragments have a transport header to compare.
        Sighting last =
                request.reversed().stream()
                        .filter(each -> !each.inner().isLaterFragment())
                        .findFirst()
                        .orElseThrow();
        Optional<Sighting> answer = first(sorted, each -> answers(each, last));
        if (answer.isPresent()) {
            boolean reset = answer.get().tcp().filter(tcp -> (tcp.flags() & RST) != 0).isPresent();
            return new Correlation(
                    request, alike(sorted, answer.get()), reset ? Answer.RESET : Answer.PROPER);
        }
        Optional<Integer> id = Optional.of(last.inner().id());
        Optional<Sighting> error =
                first(
                        sorted,
                        each ->
                                Fingerprint.quotes(each, id)
                                        && !each.frame()
                                                .time()
                                                .isBefore(request.getFirst().frame().time()));
        return error.map(e -> new Correlation(request, alike(sorted, e), Answer.ICMP_ERROR))
                .orElseGet(() -> new Correlation(request, List.of(), Answer.NONE));
    }

    private static List<Sighting> alike(List<Sighting> sorted, Sighting first) {
        return sorted.stream().filter(new Fingerprint(first)::matches).toList();
    }

    private static boolean isRequest(Sighting sighting, ProbePacket probe) {
        return switch (probe.protocol()) {
            case ICMP ->
                    sighting.icmp()
                            .filter(icmp -> icmp.type() == Header.Icmp.ECHO_REQUEST)
                            .isPresent();
            case TCP ->
                    sighting.tcp().filter(tcp -> (tcp.flags() & (SYN | ACK)) == SYN).isPresent();
        };
    }

    /** Whether it is what the place that saw the request last sent back. */
    private static boolean answers(Sighting sighting, Sighting request) {
        Header.Ipv4 there = request.inner();
        Header.Ipv4 back = sighting.inner();
        if (!sighting.where().equals(request.where())
                || !back.source().equals(there.destination())
                || !back.destination().equals(there.source())
                || back.isLaterFragment()) {
            return false;
        }
        if (request.icmp().isPresent()) {
            return sighting.icmp()
                    .filter(icmp -> icmp.type() == Header.Icmp.ECHO_REPLY)
                    .filter(icmp -> icmp.rest() == request.icmp().get().rest())
                    .isPresent();
        }
        return request.tcp()
                .flatMap(syn -> sighting.tcp().filter(tcp -> acknowledges(tcp, syn)))
                .isPresent();
    }

    private static boolean acknowledges(Header.Tcp answer, Header.Tcp syn) {
        return answer.sourcePort() == syn.destinationPort()
                && answer.destinationPort() == syn.sourcePort()
                && answer.acknowledgment() == (syn.sequence() + 1 & 0xffffffffL)
                && (answer.flags() & (SYN | RST)) != 0;
    }

    private static Optional<Sighting> first(List<Sighting> sorted, Predicate<Sighting> wanted) {
        return sorted.stream().filter(wanted).findFirst();
    }
}
