package dev.cnilab.net.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFilterTest {

    private static final Packet TUNNELLED = Packet.decode(LinkType.ETHERNET, Frames.tunnelled());
    private static final Packet DNS = Packet.decode(LinkType.ETHERNET, Frames.udp(53, new byte[4]));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ip",
                "ip proto 4",
                "ip proto ipip",
                "host 172.18.0.2",
                "src host 172.18.0.2 and dst host 172.18.0.3",
                "src net 172.18.0.0/16",
                "ip proto 4 and inner src host 10.244.0.3",
                "inner icmp",
                "inner (icmp and dst host 10.244.1.6)",
                "inner (host 10.244.1.6 and icmp[icmptype] = icmp-echo)",
                "not arp && !icmp",
                "(tcp or udp) or ip proto 4",
                "arp and ip or ip",
            })
    void matchesTheTunnelledPing(String filter) {
        assertThat(CaptureFilter.parse(filter).matches(TUNNELLED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "icmp",
                "host 10.244.0.3",
                "inner host 172.18.0.2",
                "inner inner icmp",
                "dst host 172.18.0.2",
                "not ip",
                "arp",
                "ip6",
                "udp",
                "port 53",
                // 'and' and 'or' bind equally, to the left: (ip or icmp) and arp.
                "ip or icmp and arp",
            })
    void doesNotMatchTheTunnelledPing(String filter) {
        assertThat(CaptureFilter.parse(filter).matches(TUNNELLED)).isFalse();
    }

    @Test
    void matchesSourceAndDestinationPorts() {
        assertThat(Stream.of("port 53", "dst port 53", "src port 40000", "udp and port 40000"))
                .allMatch(filter -> CaptureFilter.parse(filter).matches(DNS));
        assertThat(Stream.of("src port 53", "dst port 40000", "tcp", "inner port 53"))
                .noneMatch(filter -> CaptureFilter.parse(filter).matches(DNS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "host 10.244.0;expected an IPv4 or IPv6 address, found '10.244.0' at column 6",
                "host;expected an IPv4 or IPv6 address, found the end",
                "host demo;expected an IPv4 or IPv6 address, found 'demo' at column 6",
                "ip6 host 10.0.0.1;expected an IPv6 address, found '10.0.0.1' at column 10",
                "tcp host 10.0.0.1;expected what 'tcp' may be followed by, found 'host'",
                "ether proto 1;expected 'host', 'src' or 'dst', found 'proto' at column 7",
                "portrange 1-x;expected a port of 0 to 65535, found '1-x' at column 11",
                "tcp[2] = 80;expected icmp[icmptype], icmp[icmpcode] or tcp[tcpflags], found '2'",
                "icmp[0] = echo;or a name such as icmp-echo or tcp-syn, found 'echo' at column 11",
                "icmp[0];expected a comparison such as '= icmp-echo', found the end",
                "port 65536;expected a port of 0 to 65535, found '65536' at column 6",
                "ip proto 256;found '256' at column 10",
                "(icmp;expected ')', found the end",
                "icmp arp;expected 'and', 'or' or the end, found 'arp' at column 6",
                "src icmp;expected an IPv4 or IPv6 address, found 'icmp' at column 5",
                "ip[32:4]=0x0af40003;found '32:4' at column 4",
                "net 10.0.0.1/8;expected a network such as 10.244.0.0/16",
                "icmp and;expected a primitive",
                "icmp & arp;found '&' at column 6",
            })
    void mistakesAreLocated(String filter, String message) {
        assertThatThrownBy(() -> CaptureFilter.parse(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("filter '" + filter + "': ")
                .hasMessageContaining(message);
    }

    @Test
    void rejectsNestingThatWouldOverflowTheStack() {
        assertThatThrownBy(() -> CaptureFilter.parse("(".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 levels");
    }
}
