package dev.cnilab.trace.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.net.packet.EtherType;
import dev.cnilab.net.packet.Header;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void traceRoundTrips() throws Exception {
        String text = TraceJson.of(Traces.lost()).toString();
        assertThat(TraceReader.read(JSON.readTree(text))).isEqualTo(Traces.lost());
    }

    static Stream<Header> headers() {
        MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
        Ipv4Address address = Ipv4Address.parse("10.0.0.1");
        Ipv6Prefix six = Ipv6Prefix.parse("fd00::1/128");
        return Stream.of(
                new Header.Ethernet(mac, mac, EtherType.VLAN),
                new Header.Vlan(7, EtherType.ARP),
                new Header.Cooked(4, EtherType.IPV4),
                new Header.Arp(2, mac, address, mac, address),
                new Header.Ipv4(address, address, 17, 1, 3, 65535, false, true, 1480, 1500, 24),
                new Header.Ipv6(six, six, 58, 255, 32),
                new Header.Icmp(11, 1, -1),
                new Header.Quote(address, address, 6, 4711),
                new Header.Tcp(1, 65535, 0xffffffffL, 2, 0x12, 512),
                new Header.Udp(53, 5353, 30),
                new Header.Vxlan(1 << 23),
                new Header.Unknown("ethertype 0x88cc"),
                new Header.Truncated("TCP", 5));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void headersRoundTrip(Header header) throws Exception {
        String text = HeaderJson.of(header).toString();
        assertThat(HeaderJson.read(JSON.readTree(text))).isEqualTo(header);
    }

    @Test
    void otherDocumentIsRejected() {
        for (String text : List.of("{}", "[]", "{\"start\":\"now\"}")) {
            assertThatThrownBy(() -> TraceReader.read(JSON.readTree(text)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
