package dev.cnilab.verify.probe;

import dev.cnilab.host.ExecResult;
import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.spec.ProbeSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Probes that send pings and check the captured packets. */
final class WireProbes {

    /** How long to wait for an echo reply. */
    private static final Duration ECHO = Duration.ofSeconds(2);

    private static final Duration ARRIVAL = Duration.ofSeconds(3);

    /** How long to wait for an unexpected packet after the expected ones. */
    private static final Duration STRAGGLER = Duration.ofMillis(200);

    /** IPv4 without options, and the ICMP echo header (RFC 791, RFC 792). */
    private static final int PING_HEADERS = 20 + 8;

    private final ProbeContext surroundings;

    WireProbes(ProbeContext surroundings) {
        this.surroundings = surroundings;
    }

    List<Claim> firstHop(ProbeSpec.FirstHop probe) throws IOException {
        Vantage from = surroundings.spot(probe.from());
        Vantage to = surroundings.spot(probe.to());
        Values values = Values.at(surroundings, from).towards(to);
        try (Capture capture = new Capture(surroundings, from, "eth0", "icmp")) {
            capture.awaitListening();
            ExecResult ping = ping(from, to);
            Optional<Packet> request =
                    capture.await(packet -> isRequest(packet, from, to), arrival());
            if (request.isEmpty()) {
                return List.of(
                        new Claim(
                                from.name() + "/eth0",
                                "an echo request to " + to.name(),
                                "none",
                                false,
                                capture.describe() + ping.stdout() + ping.stderr()));
            }
            Header.Ethernet ethernet = request.get().first(Header.Ethernet.class).orElseThrow();
            Header.Ipv4 ip = request.get().first(Header.Ipv4.class).orElseThrow();
            String evidence = request.get().toString();
            return List.of(
                    Claim.equal("src_ip", values.fill(probe.srcIp()), ip.source() + "", evidence),
                    Claim.equal(
                            "src_mac",
                            values.fill(probe.srcMac()),
                            ethernet.source().toString(),
                            evidence),
                    Claim.equal(
                            "dst_ip", values.fill(probe.dstIp()), ip.destination() + "", evidence),
                    Claim.equal(
                            "dst_mac",
                            values.fill(probe.dstMac()),
                            ethernet.destination().toString(),
                            evidence));
        }
    }

    private static boolean isRequest(Packet packet, Vantage from, Vantage to) {
        return packet.first(Header.Icmp.class)
                        .filter(icmp -> icmp.type() == Header.Icmp.ECHO_REQUEST)
                        .isPresent()
                && packet.first(Header.Ethernet.class).isPresent()
                && packet.first(Header.Ipv4.class)
                        .filter(ip -> ip.source().toString().equals(from.address()))
                        .filter(ip -> ip.destination().toString().equals(to.address()))
                        .isPresent();
    }

    List<Claim> packets(ProbeSpec.Packets probe) throws IOException {
        Vantage from = surroundings.spot(probe.from());
        Vantage to = surroundings.spot(probe.to());
        Values values = Values.at(surroundings, from).towards(to);
        Map<String, Capture> captures = new LinkedHashMap<>();
        String pings = pings();
        try {
            for (ProbeSpec.Sighting sighting : all(probe)) {
                Vantage spot = spot(sighting, from, to);
                String link = values.fill(sighting.interfaceName());
                String key = key(spot, link);
                if (!captures.containsKey(key)) {
                    captures.put(key, new Capture(surroundings, spot, link, pings));
                }
            }
            for (Capture capture : captures.values()) {
                capture.awaitListening();
            }
            ExecResult ping = ping(from, to);
            List<Claim> claims = new ArrayList<>();
            for (ProbeSpec.Sighting sighting : probe.at()) {
                claims.add(seen(sighting, spot(sighting, from, to), values, captures, ping));
            }
            for (ProbeSpec.Sighting sighting : probe.never()) {
                claims.add(unseen(sighting, spot(sighting, from, to), values, captures));
            }
            return claims;
        } finally {
            captures.values().forEach(Capture::close);
        }
    }

    /**
     * The capture filter, ICMP with or without the tunnel's outer header. Other traffic is
     * excluded, since a node that is reached through its eth0 would capture the capture's own
     * output.
     */
    private String pings() throws IOException {
        return surroundings
                .tunnel()
                .map(tunnel -> "icmp or ip proto " + tunnel.protocol())
                .orElse("icmp");
    }

    private static String key(Vantage spot, String link) {
        return spot.name() + "/" + link;
    }

    private static List<ProbeSpec.Sighting> all(ProbeSpec.Packets probe) {
        List<ProbeSpec.Sighting> all = new ArrayList<>(probe.at());
        all.addAll(probe.never());
        return all;
    }

    private Claim seen(
            ProbeSpec.Sighting sighting,
            Vantage spot,
            Values values,
            Map<String, Capture> captures,
            ExecResult ping)
            throws IOException {
        String key = key(spot, values.fill(sighting.interfaceName()));
        Capture capture = captures.get(key);
        HeaderStack stack = HeaderStack.of(sighting.headers(), values);
        Optional<Packet> found =
                capture == null ? Optional.empty() : capture.await(stack::fits, arrival());
        return new Claim(
                key,
                stack.toString(),
                found.map(Packet::toString).orElse("not seen"),
                found.isPresent(),
                found.isPresent() || capture == null
                        ? ""
                        : "captured:\n" + capture.describe() + ping.stdout() + ping.stderr());
    }

    private Claim unseen(
            ProbeSpec.Sighting sighting, Vantage spot, Values values, Map<String, Capture> captures)
            throws IOException {
        String key = key(spot, values.fill(sighting.interfaceName()));
        Capture capture = captures.get(key);
        HeaderStack stack = HeaderStack.of(sighting.headers(), values);
        Optional<Packet> found =
                capture == null
                        ? Optional.empty()
                        : capture.await(stack::fits, surroundings.stretched(STRAGGLER));
        return new Claim(
                key,
                "never " + stack,
                found.map(Packet::toString).orElse("not seen"),
                found.isEmpty(),
                "");
    }

    private Duration arrival() {
        return surroundings.stretched(ARRIVAL);
    }

    private static Vantage spot(ProbeSpec.Sighting sighting, Vantage from, Vantage to)
            throws IOException {
        return switch (sighting.where()) {
            case POD -> from;
            case NODE -> node(from);
            case TO_POD -> to;
            case TO_NODE -> node(to);
        };
    }

    private static Vantage node(Vantage spot) throws IOException {
        return Vantage.on(
                spot.node().orElseThrow(() -> new IOException(spot.name() + " is on no node")));
    }

    List<Claim> payload(ProbeSpec.Payload probe) throws IOException {
        Vantage from = surroundings.spot(probe.from());
        Vantage to = surroundings.spot(probe.to());
        int largest =
                probe.largest().orElse(surroundings.mtu(from.node().orElseThrow()) - PING_HEADERS);
        return List.of(payload(from, to, largest, true), payload(from, to, largest + 1, false));
    }

    private Claim payload(Vantage from, Vantage to, int size, boolean passes) throws IOException {
        ExecResult result = ping(from, to, "-M", "do", "-s", Integer.toString(size));
        return new Claim(
                from.name() + ": ping -M do -s " + size + " " + to.address(),
                passes ? "an answer" : "no answer: too long",
                result.ok() ? "an answer" : "no answer",
                result.ok() == passes,
                result.stdout() + result.stderr());
    }

    private ExecResult ping(Vantage from, Vantage to, String... options) throws IOException {
        String seconds = Long.toString(surroundings.stretched(ECHO).toSeconds());
        List<String> argv = new ArrayList<>(List.of("ping", "-c", "1", "-W", seconds));
        argv.addAll(List.of(options));
        argv.add(to.address());
        return surroundings.runInNetwork(from, argv);
    }
}
