package dev.cnilab.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import dev.cnilab.net.packet.EtherType;
import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.IpProtocol;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.verify.probe.HeaderStack.Expected;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderStackTest {

    private static final Expected.Ethernet FRAME =
            new Expected.Ethernet("02:00:00:00:00:02", "02:00:00:00:00:03");
    private static final Expected.Ipv4 OUTER =
            new Expected.Ipv4("172.18.0.2", "172.18.0.3", 4, OptionalInt.of(63));
    private static final Expected.Ipv4 INNER =
            new Expected.Ipv4("10.244.0.3", "10.244.1.6", 1, OptionalInt.empty());

    /** A ping in the tunnel, captured on a node's eth0. */
    private static final Packet TUNNELLED =
            new Packet(
                    List.of(
                            new Header.Ethernet(
                                    MacAddress.parse("02:00:00:00:00:02"),
                                    MacAddress.parse("02:00:00:00:00:03"),
                                    EtherType.IPV4),
                            ip("172.18.0.2", "172.18.0.3", IpProtocol.IPIP, 63),
                            ip("10.244.0.3", "10.244.1.6", IpProtocol.ICMP, 63),
                            new Header.Icmp(Header.Icmp.ECHO_REQUEST, 0, 1)),
                    56,
                    false);

    @Test
    void matchesThePacketThatItDescribes() {
        assertThat(stack(FRAME, OUTER, INNER, new Expected.EchoRequest()).fits(TUNNELLED)).isTrue();
    }

    @Test
    void furtherHeadersAreIgnored() {
        assertThat(stack(FRAME, OUTER).fits(TUNNELLED)).isTrue();
    }

    static List<HeaderStack> others() {
        return List.of(
                stack(new Expected.Ethernet("02:00:00:00:00:02", "02:00:00:00:00:04")),
                stack(new Expected.Ethernet("02:00:00:00:00:03", "02:00:00:00:00:03")),
                stack(OUTER),
                stack(FRAME, INNER),
                stack(FRAME, new Expected.Ipv4("172.18.0.2", "172.18.0.3", 4, OptionalInt.of(64))),
                stack(FRAME, new Expected.Ipv4("172.18.0.2", "172.18.0.3", 17, OptionalInt.of(63))),
                stack(FRAME, new Expected.Ipv4("172.18.0.3", "172.18.0.2", 4, OptionalInt.of(63))),
                stack(FRAME, OUTER, new Expected.EchoRequest()),
                stack(FRAME, OUTER, INNER, INNER),
                stack(FRAME, OUTER, INNER, new Expected.EchoRequest(), INNER));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anyDifferenceDoesNotMatch(HeaderStack other) {
        assertThat(other.fits(TUNNELLED)).isFalse();
    }

    @Test
    void echoReplyIsNotARequest() {
        Packet reply = new Packet(List.of(new Header.Icmp(Header.Icmp.ECHO_REPLY, 0, 1)), 0, false);

        assertThat(stack(new Expected.EchoRequest()).fits(reply)).isFalse();
    }

    @Test
    void descriptionListsTheHeaders() {
        assertThat(stack(FRAME, OUTER, INNER, new Expected.EchoRequest()))
                .hasToString(
                        "Ethernet 02:00:00:00:00:02 > 02:00:00:00:00:03"
                                + " | IPv4 172.18.0.2 > 172.18.0.3 proto 4 ttl 63"
                                + " | IPv4 10.244.0.3 > 10.244.1.6 proto 1"
                                + " | ICMP echo request");
    }

    private static HeaderStack stack(Expected... headers) {
        return new HeaderStack(List.of(headers));
    }

    private static Header.Ipv4 ip(String source, String destination, int protocol, int ttl) {
        return new Header.Ipv4(
                Ipv4Address.parse(source),
                Ipv4Address.parse(destination),
                protocol,
                ttl,
                0,
                1,
                true,
                false,
                0,
                84,
                20);
    }
}
