package dev.cnilab.trace.view;

import dev.cnilab.base.Remedy;
import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.net.packet.EtherType;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.DropReason;
import dev.cnilab.trace.Endpoint;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Unwatched;
import dev.cnilab.trace.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Traces for tests of output formats. */
final class Traces {

    private static final Place POD = new Place.InPod("default", "demo-a");
    private static final Place NODE = new Place.OnNode("lab-control-plane");
    private static final Ipv4Address SOURCE = Ipv4Address.parse("10.244.0.2");
    private static final Ipv4Address DESTINATION = Ipv4Address.parse("10.244.1.2");
    private static final Header ECHO = new Header.Icmp(Header.Icmp.ECHO_REQUEST, 0, 0xfedc_0001);

    private Traces() {}

    /** A ping seen at three hops and then lost. */
    static Trace lost() {
        return new Trace(
                "lab",
                Optional.of(TunnelDriver.KERNEL),
                new ProbePacket(
                        new Endpoint(Endpoint.Kind.POD, "demo-a", SOURCE, Optional.of(POD)),
                        new Endpoint(
                                Endpoint.Kind.ADDRESS, "10.244.1.2", DESTINATION, Optional.empty()),
                        ProbePacket.Protocol.ICMP,
                        0,
                        56,
                        false),
                Instant.parse("2026-01-02T03:04:05.678901234Z"),
                List.of(leaving(), tunnelled(), wrapped()),
                List.of(),
                new Verdict.Lost(
                        Verdict.Way.REQUEST,
                        NODE,
                        "eth0",
                        DropReason.NO_NEIGHBOUR,
                        "no reply from 172.18.0.3",
                        List.of("172.18.0.3 dev eth0 FAILED"),
                        Remedy.type("ip link set eth0 up")),
                List.of(new Unwatched(new Place.Outside(), "no privilege")));
    }

    private static Hop leaving() {
        return new Hop(
                POD,
                "eth0",
                "veth",
                Frame.Direction.OUT,
                0,
                List.of(ethernet(), ip(SOURCE, DESTINATION, 1, 64), ECHO),
                98,
                1,
                List.of(),
                List.of(
                        new Reason(
                                Reason.Kind.ROUTE,
                                "10.244.0.0/16 via 10.244.0.1 dev eth0",
                                "10.244.0.0 10.244.0.1 255.255.0.0 UG 0 0 0 eth0",
                                "ip route")));
    }

    private static Hop tunnelled() {
        return new Hop(
                NODE,
                "flannel.ipip",
                "ipip",
                Frame.Direction.OUT,
                31_000,
                List.of(ip(SOURCE, DESTINATION, 1, 63), ECHO),
                84,
                1,
                List.of(new Change(Change.Field.TTL, "64", "63", Reason.Kind.ROUTE)),
                List.of());
    }

    private static Hop wrapped() {
        return new Hop(
                NODE,
                "eth0",
                "veth",
                Frame.Direction.OUT,
                45_678_901,
                List.of(
                        ethernet(),
                        ip(Ipv4Address.parse("172.18.0.2"), Ipv4Address.parse("172.18.0.3"), 4, 63),
                        ip(SOURCE, DESTINATION, 1, 63),
                        ECHO),
                118,
                1,
                List.of(
                        new Change(
                                Change.Field.OUTER,
                                "",
                                "172.18.0.2 > 172.18.0.3",
                                Reason.Kind.ENCAPSULATION)),
                List.of());
    }

    private static Header ethernet() {
        return new Header.Ethernet(
                MacAddress.parse("02:00:00:00:00:01"),
                MacAddress.parse("02:00:00:00:00:02"),
                EtherType.IPV4);
    }

    private static Header ip(Ipv4Address source, Ipv4Address destination, int protocol, int ttl) {
        return new Header.Ipv4(source, destination, protocol, ttl, 0, 4711, true, false, 0, 84, 20);
    }
}
