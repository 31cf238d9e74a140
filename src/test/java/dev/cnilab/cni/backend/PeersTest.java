package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersTest {

    private final Peers peers =
            Peers.of(
                    List.of(
                            lease("200.1.0.0/16", "192.0.2.3"),
                            lease("10.244.1.0/24", "192.0.2.1"),
                            lease("10.244.2.0/25", "192.0.2.2")),
                    1480);

    @ParameterizedTest
    @CsvSource({
        "10.244.1.0, 192.0.2.1", "10.244.1.255, 192.0.2.1", "10.244.2.127, 192.0.2.2",
        "10.244.2.128, 0.0.0.0", "10.244.0.255, 0.0.0.0", "200.1.255.255, 192.0.2.3",
        "200.2.0.0, 0.0.0.0", "255.255.255.255, 0.0.0.0", "0.0.0.0, 0.0.0.0",
    })
    void findsTheNodeOfAnAddress(String pod, String node) {
        assertThat(new Ipv4Address(peers.nodeOf(Ipv4Address.parse(pod).bits()))).hasToString(node);
    }

    @Test
    void recognizesNodesAddresses() {
        assertThat(peers.isNode(Ipv4Address.parse("192.0.2.2").bits())).isTrue();
        assertThat(peers.isNode(Ipv4Address.parse("192.0.2.4").bits())).isFalse();
        assertThat(Peers.of(List.of(), 1480).isNode(0)).isFalse();
        assertThat(Peers.of(List.of(), 1480).nodeOf(0)).isEqualTo(Peers.NONE);
    }

    private static Lease lease(String subnet, String publicIp) {
        return new Lease(
                subnet,
                Ipv4Prefix.parse(subnet),
                Ipv4Address.parse(publicIp),
                IpipBackend.TYPE,
                "null");
    }
}
