package dev.cnilab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterfacesTest {

    /** {@code ip -j -d addr show} of iproute2 6.1 on a node with the ipip driver, shortened. */
    private static final String RECORDED =
            """
            [{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,
              "operstate":"UNKNOWN","link_type":"loopback","address":"00:00:00:00:00:00",
              "broadcast":"00:00:00:00:00:00","promiscuity":0,"addr_info":[
                {"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host","label":"lo"},
                {"family":"inet6","local":"::1","prefixlen":128,"scope":"host"}]},
             {},
             {"ifindex":4,"link":null,"ifname":"flannel.ipip","flags":["NOARP","UP","LOWER_UP"],
              "mtu":1480,"qdisc":"noqueue","operstate":"UNKNOWN","link_type":"ipip",
              "address":"172.18.0.2","broadcast":"0.0.0.0","linkinfo":{"info_kind":"ipip",
              "info_data":{"proto":"ipip","remote":"any","local":"172.18.0.2","ttl":0,
              "pmtudisc":false}},"addr_info":[
                {"family":"inet","local":"10.244.0.0","prefixlen":32,"scope":"global"}]},
             {"ifindex":5,"ifname":"cni0","flags":["BROADCAST","MULTICAST"],"mtu":1480,
              "address":"0a:58:0a:f4:00:01","linkinfo":{"info_kind":"bridge","info_data":{}},
              "addr_info":[]},
             {"ifindex":6,"link_index":2,"ifname":"vethedcb32ec","flags":["UP"],"mtu":1480,
              "master":"cni0","address":"e2:df:69:66:7f:46","link_netnsid":1,
              "linkinfo":{"info_kind":"veth","info_slave_kind":"bridge"},"addr_info":[]}]
            """;

    @Test
    void parsesTheOutputOfIproute2() throws IOException {
        Interfaces interfaces = Interfaces.parse(new JsonMapper().readTree(RECORDED));

        assertThat(interfaces.named("lo"))
                .hasValue(
                        new Interfaces.Interface(
                                1,
                                0,
                                "lo",
                                "",
                                65536,
                                "00:00:00:00:00:00",
                                true,
                                "",
                                List.of("127.0.0.1/8"),
                                ""));
        assertThat(interfaces.named("flannel.ipip"))
                .hasValue(
                        new Interfaces.Interface(
                                4,
                                0,
                                "flannel.ipip",
                                "ipip",
                                1480,
                                "172.18.0.2",
                                true,
                                "",
                                List.of("10.244.0.0/32"),
                                "172.18.0.2"));
        assertThat(interfaces.named("cni0"))
                .hasValueSatisfying(bridge -> assertThat(bridge.up()).isFalse());
        assertThat(interfaces.numbered(6))
                .hasValueSatisfying(veth -> {
                    assertThat(veth.name()).isEqualTo("vethedcb32ec");
                    assertThat(veth.peerIndex()).isEqualTo(2);
                    assertThat(veth.master()).isEqualTo("cni0");
                });
        assertThat(interfaces.named("eth0")).isEmpty();
        assertThat(interfaces.links()).hasSize(4);
    }

    /** LOWER_UP without UP depends on the peer only. */
    @Test
    void lowerUpIsNotUp() throws IOException {
        Interfaces interfaces =
                Interfaces.parse(
                        new JsonMapper()
                                .readTree("[{\"ifname\":\"eth0\",\"flags\":[\"LOWER_UP\"]}]"));

        assertThat(interfaces.named("eth0"))
                .hasValueSatisfying(link -> assertThat(link.up()).isFalse());
    }

    /** iproute2 6.1 prints the escape character of a name as it is. */
    @Test
    void aNameMayContainControlCharacters() throws IOException {
        Interfaces interfaces =
                Interfaces.parse(JsonCommand.parse("[{\"ifname\":\"\u001b[2J\\\"\"}]"));

        assertThat(interfaces.named("\u001b[2J\"")).isPresent();
    }
}
