package dev.cnilab.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CniResultTest {

    private static final Ipv4Address GATEWAY = Ipv4Address.parse("10.244.1.1");

    private static final CniResult RESULT =
            new CniResult(
                    List.of(
                            new CniResult.Interface("cni0", null, 1480, ""),
                            new CniResult.Interface(
                                    "eth0",
                                    MacAddress.parse("0a:58:0a:f4:01:02"),
                                    1480,
                                    "/run/netns/c1")),
                    List.of(new CniResult.Ip(1, Ipv4Prefix.parse("10.244.1.2/24"), GATEWAY)),
                    List.of(new CniResult.Route(Ipv4Prefix.parse("0.0.0.0/0"), GATEWAY)),
                    JsonNodeFactory.instance.objectNode());

    @ParameterizedTest
    @EnumSource(names = {"V0_3_0", "V0_3_1", "V0_4_0"})
    void oldVersionsSayTheAddressFamily(CniVersion version) throws Exception {
        assertThat(RESULT.toJson(version)).isEqualTo(json(version, "", "\"version\": \"4\","));
    }

    @Test
    void version1DropsTheAddressFamily() throws Exception {
        assertThat(RESULT.toJson(CniVersion.V1_0_0)).isEqualTo(json(CniVersion.V1_0_0, "", ""));
    }

    @Test
    void version1_1AddsTheMtu() throws Exception {
        assertThat(RESULT.toJson(CniVersion.V1_1_0))
                .isEqualTo(json(CniVersion.V1_1_0, "\"mtu\": 1480,", ""));
    }

    @Test
    void parsesWhatItPrints() throws Exception {
        assertThat(CniResult.parse(RESULT.toJson(CniVersion.V1_1_0))).isEqualTo(RESULT);
    }

    @Test
    void ignoresIpv6OfOtherPlugins() throws Exception {
        ObjectNode json = RESULT.toJson(CniVersion.V1_0_0);
        json.withArray("ips").addObject().put("address", "fd00::2/64");
        json.withArray("routes").addObject().put("dst", "::/0");

        assertThat(CniResult.parse(json).ips()).isEqualTo(RESULT.ips());
        assertThat(CniResult.parse(json).routes()).isEqualTo(RESULT.routes());
    }

    @Test
    void describesAnInvalidPreviousResult() {
        ObjectNode json = RESULT.toJson(CniVersion.V1_0_0);
        json.withArray("ips").addObject().put("address", "10.244.1.2");

        assertThatThrownBy(() -> CniResult.parse(json))
                .isInstanceOf(CniException.class)
                .hasMessage("prevResult is invalid: not an IPv4 prefix: '10.244.1.2'");
    }

    private static ObjectNode json(CniVersion version, String mtu, String family)
            throws CniException {
        String text =
                """
                {"cniVersion": "%s",
                 "interfaces": [
                   {"name": "cni0", %s "": 0},
                   {"name": "eth0", "mac": "0a:58:0a:f4:01:02", %s "sandbox": "/run/netns/c1"}],
                 "ips": [{%s "interface": 1, "address": "10.244.1.2/24", "gateway": "10.244.1.1"}],
                 "routes": [{"dst": "0.0.0.0/0", "gw": "10.244.1.1"}],
                 "dns": {}}
                """
                        .formatted(version, mtu, mtu, family);
        ObjectNode json = NetworkConfig.object(text.getBytes(StandardCharsets.UTF_8));
        ((ObjectNode) json.path("interfaces").path(0)).remove("");
        return json;
    }
}
