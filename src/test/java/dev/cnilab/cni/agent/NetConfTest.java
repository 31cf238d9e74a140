package dev.cnilab.cni.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cni.backend.IpipBackend;
import dev.cnilab.cni.config.InvalidConfigException;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetConfTest {

    @Test
    void parsesEveryKey() throws IOException {
        NetConf conf =
                NetConf.parse(
                        "net-conf.json",
                        """
                        {
                          "Network": "10.0.0.0/8",
                          "SubnetLen": 20,
                          "SubnetMin": "10.10.0.0",
                          "SubnetMax": "10.99.0.0",
                          "EnableIPv4": true,
                          "EnableIPv6": false,
                          "MTU": 1400,
                          "Backend": {"Type": "ipip", "DirectRouting": true}
                        }
                        """);
        assertThat(conf)
                .isEqualTo(
                        new NetConf(
                                Ipv4Prefix.parse("10.0.0.0/8"),
                                20,
                                new IpipBackend(true),
                                OptionalInt.of(1400)));
    }

    @Test
    void usesFlannelsDefaults() throws IOException {
        assertThat(
                        NetConf.parse(
                                "net-conf.json",
                                "{\"Network\": \"10.244.0.0/16\", \"Backend\": {\"Type\": \"IPIP\"}}"))
                .isEqualTo(
                        new NetConf(
                                Ipv4Prefix.parse("10.244.0.0/16"),
                                24,
                                new IpipBackend(false),
                                OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                                            | n:1:1: expected a JSON object
                    {"Network" "10.0.0.0/8"}                      | n:1:12: not valid JSON
                    {"Network": "10.0.0.0/8"} x                   | not valid JSON: Unrecognized token 'x'
                    {"Network": "10.0.0.0/8","Network": "x"}      | n:1:35: not valid JSON: Duplicate
                    {"Backend": {"Type": "ipip"}}                 | n:1:1: Network is missing
                    {"Network": 7}                                | n:1:2: Network must be a string, but is 7
                    {"Network": "10.0.0.0"}                       | n:1:2: Network is not an IPv4 prefix: '10.0.0.0'
                    {"Network": "10.0.0.1/8"}                     | did you mean 10.0.0.0/8
                    {"Network": "10.0.0.0/29"}                    | leaves no room for subnets
                    {"Network": "10.0.0.0/8", "Netmask": 8}       | n:1:27: Netmask is unknown; known keys: Network,
                    {"Network": "10.0.0.0/16", "SubnetLen": 15}   | SubnetLen must be an integer of 16 to 30, but is 15
                    {"Network": "10.0.0.0/16", "SubnetLen": "24"} | SubnetLen must be an integer
                    {"Network": "10.0.0.0/16", "EnableIPv4": false} | ipip carries IPv4 only
                    {"Network": "10.0.0.0/16", "EnableIPv6": true} | ipip carries IPv4 only
                    {"Network": "10.0.0.0/16"}                    | n:1:1: Backend is missing
                    {"Network": "10.0.0.0/16", "Backend": "ipip"} | Backend must be an object, but is "ipip"
                    {"Network": "10.0.0.0/16", "Backend": {"Type": "vxlan"}} | n:1:40: Backend.Type is 'vxlan'; this agent supports ipip only
                    {"Network": "10.0.0.0/16", "Backend": {"Type": "ipip", "VNI": 1}} | n:1:56: Backend.VNI is unknown
                    {"Network": "10.0.0.0/16", "MTU": 20, "Backend": {"Type": "ipip"}} | MTU must be an integer of 68 to 65515
                    """)
    void namesThePlaceAndTheMistake(String text, String message) {
        assertThatThrownBy(() -> NetConf.parse("n", text))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesAMissingFile(@TempDir Path folder) {
        Path file = folder.resolve("net-conf.json");
        assertThatThrownBy(() -> NetConf.read(file)).hasMessage(file + ": no such file");
    }
}
