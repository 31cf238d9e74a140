package dev.cnilab.graph.page;

import dev.cnilab.cluster.Place;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.net.packet.EtherType;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Endpoint;
import dev.cnilab.trace.Hop;
import dev.cnilab.trace.ProbePacket;
import dev.cnilab.trace.Reason;
import dev.cnilab.trace.Trace;
import dev.cnilab.trace.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A synthetic ping from node 0's pod to node 1's. */
final class SampleTrace {

    private static final Place FROM = new Place.InPod("default", "demo-0x0");
    private static final Place TO = new Place.InPod("default", "demo-1x0");
    private static final Place NODE = new Place.OnNode("sample-control-plane");
    private static final Place PEER = new Place.OnNode("sample-worker1");
    private static final Place OUTSIDE = new Place.Outside();
    private static final Header.Ethernet POD_FRAME = ethernet("10.244.0.2", "10.244.0.1");
    private static final Header.Ethernet NODE_FRAME = ethernet("172.18.0.2", "172.18.0.3");
    private static final Header.Ethernet PEER_FRAME = ethernet("10.244.1.1", "10.244.1.2");
    private static final Reason WRAPPED =
            new Reason(
                    Reason.Kind.ENCAPSULATION,
                    "flannel.ipip: a header 172.18.0.2 > 172.18.0.3, protocol 4",
                    "",
                    "ip -d link show flannel.ipip");

    private SampleTrace() {}

    static Trace pingBetweenNodes() {
        List<Hop> request = new ArrayList<>();
        request.add(hop(FROM, "eth0", "veth", 0, 64, POD_FRAME));
        request.add(hop(NODE, "veth00000000", "veth", 9, 64, POD_FRAME));
        request.add(hop(NODE, "cni0", "bridge", 14, 64, POD_FRAME));
        request.add(
                new Hop(
                        NODE,
                        "flannel.ipip",
                        "ipip",
                        Frame.Direction.OUT,
                        31_000,
                        List.of(ip(63), echo()),
                        84,
                        1,
                        List.of(new Change(Change.Field.TTL, "64", "63", Reason.Kind.ROUTE)),
                        List.of(
                                new Reason(
                                        Reason.Kind.ROUTE,
                                        "10.244.1.0/24 via 172.18.0.3 dev flannel.ipip onlink",
                                        "10.244.1.0 172.18.0.3 255.255.255.0 UG flannel.ipip",
                                        "ip route get 10.244.1.2"))));
        request.add(
                new Hop(
                        NODE,
                        "eth0",
                        "veth",
                        Frame.Direction.OUT,
                        52_000,
                        List.of(NODE_FRAME, outer(), ip(63), echo()),
                        118,
                        1,
                        List.of(
                                new Change(
                                        Change.Field.OUTER,
                                        "",
                                        "172.18.0.2 > 172.18.0.3",
                                        Reason.Kind.ENCAPSULATION)),
                        List.of(WRAPPED)));
        request.add(hop(OUTSIDE, "vethac120002", "veth", 58, 63, NODE_FRAME, outer()));
        request.add(hop(OUTSIDE, "vethac120003", "veth", 61, 63, NODE_FRAME, outer()));
        request.add(hop(PEER, "eth0", "veth", 66, 63, NODE_FRAME, outer()));
        request.add(hop(PEER, "cni0", "bridge", 91, 62, PEER_FRAME));
        request.add(hop(TO, "eth0", "veth", 99, 62, PEER_FRAME));
        return new Trace(
                "sample",
                Optional.of(TunnelDriver.KERNEL),
                new ProbePacket(
                        endpoint("demo-0x0", "10.244.0.2", FROM),
                        endpoint("demo-1x0", "10.244.1.2", TO),
                        ProbePacket.Protocol.ICMP,
                        0,
                        56,
                        false),
                Instant.parse("2026-11-27T18:00:01Z"),
                request,
                List.of(),
                new Verdict.Arrived(240_000),
                List.of());
    }

    private static Hop hop(
            Place where, String link, String kind, int micros, int ttl, Header... outside) {
        List<Header> headers = new ArrayList<>(List.of(outside));
        headers.add(ip(ttl));
        headers.add(echo());
        return new Hop(
                where,
                link,
                kind,
                Frame.Direction.IN,
                micros * 1000L,
                headers,
                98,
                1,
                List.of(),
                List.of());
    }

    private static Endpoint endpoint(String name, String address, Place where) {
        return new Endpoint(
                Endpoint.Kind.POD, name, Ipv4Address.parse(address), Optional.of(where));
    }

    private static Header.Ethernet ethernet(String source, String destination) {
        return new Header.Ethernet(
                MacAddress.of(Ipv4Address.parse(source)),
                MacAddress.of(Ipv4Address.parse(destination)),
                EtherType.IPV4);
    }

    private static Header.Ipv4 ip(int ttl) {
        return ip("10.244.0.2", "10.244.1.2", 1, ttl);
    }

    private static Header.Ipv4 outer() {
        return ip("172.18.0.2", "172.18.0.3", 4, 63);
    }

    private static Header.Ipv4 ip(String source, String destination, int protocol, int ttl) {
        return new Header.Ipv4(
                Ipv4Address.parse(source),
                Ipv4Address.parse(destination),
                protocol,
                ttl,
                0,
                4711,
                true,
                false,
                0,
                84,
                20);
    }

    private static Header echo() {
        return new Header.Icmp(Header.Icmp.ECHO_REQUEST, 0, 0xfedc_0001);
    }
}
