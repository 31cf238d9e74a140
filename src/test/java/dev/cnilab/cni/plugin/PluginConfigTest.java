package dev.cnilab.cni.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.cni.CniException;
import dev.cnilab.cni.NetworkConfig;
import dev.cnilab.cni.PortMapping;
import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.net.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginConfigTest {

    @Test
    void defaultsAreThoseOfTheTutorial() throws Exception {
        PluginConfig config = parse("", Map.of());

        assertThat(config.subnetFile()).isEqualTo(SubnetEnv.DEFAULT_PATH);
        assertThat(config.reservations()).isEqualTo(Path.of("/var/lib/cni/lab-ipip/cbr0"));
        assertThat(config.bridge()).isEqualTo("cni0");
        assertThat(config.hairpinMode()).isTrue();
        assertThat(config.isDefaultGateway()).isTrue();
        assertThat(config.address()).isNull();
        assertThat(config.ports()).isEmpty();
    }

    @Test
    void runtimeConfigTakesPrecedenceOverArgs() throws Exception {
        Map<String, String> args = Map.of("IP", "10.244.1.9", "MAC", "02:00:00:00:00:01");
        PluginConfig config = parse(", \"args\": {\"cni\": {\"ips\": [\"10.244.1.8/24\"]}}", args);

        assertThat(config.address()).isEqualTo(Ipv4Address.parse("10.244.1.8"));
        assertThat(config.mac()).hasToString("02:00:00:00:00:01");
        assertThat(parse("", args).address()).isEqualTo(Ipv4Address.parse("10.244.1.9"));
    }

    @Test
    void readsPortMappings() throws Exception {
        PluginConfig config =
                parse(
                        ", \"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 53,"
                                + " \"containerPort\": 5353, \"protocol\": \"UDP\","
                                + " \"hostIP\": \"172.18.0.2\"}]}",
                        Map.of());

        assertThat(config.ports()).containsExactly(PortMapping.parse("UDP 172.18.0.2 53 5353"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"subnetFile\": \"run/subnet.env\"",
                "\"delegate\": {\"hairpinMode\": \"yes\"}",
                "\"runtimeConfig\": {\"ips\": [\"10.244.1\"]}",
                "\"runtimeConfig\": {\"mac\": \"0a\"}",
                "\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 80}]}",
                "\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 70000,"
                        + " \"containerPort\": 80}]}",
                "\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 80, \"containerPort\": 80,"
                        + " \"protocol\": \"icmp\"}]}",
                "\"runtimeConfig\": {\"bandwidth\": {\"ingressRate\": 1000}}",
            })
    void refusesWhatMakesNoSense(String key) {
        assertThatThrownBy(() -> parse(", " + key, Map.of()))
                .isInstanceOf(CniException.class)
                .hasMessageStartingWith("invalid configuration: ");
    }

    private static PluginConfig parse(String more, Map<String, String> args) throws CniException {
        String json = "{\"cniVersion\": \"1.0.0\", \"name\": \"cbr0\" %s}".formatted(more);
        return PluginConfig.of(NetworkConfig.parse(json.getBytes(StandardCharsets.UTF_8)), args);
    }
}
