package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node with eth0 (172.18.0.2, the default route) and cni0 (10.244.0.1). */
class InterfaceChoiceIT {

    private NodesOnBridge nodes;
    private Connection connection;

    @BeforeEach
    void makeNode() throws IOException {
        nodes = new NodesOnBridge(1);
        connection = Connection.open(nodes.namespace(0));
    }

    @AfterEach
    void deleteNode() throws IOException {
        connection.close();
        nodes.close();
    }

    @Test
    void defaultsToTheDefaultRoutesInterface() throws IOException {
        ExternalInterface external = InterfaceChoice.DEFAULT_ROUTE.resolve(connection);
        assertThat(external.name()).isEqualTo("eth0");
        assertThat(external.address()).isEqualTo(Ipv4Prefix.parse("172.18.0.2/16"));
    }

    @Test
    void selectsTheFirstExistingNameOrAddress() throws IOException {
        assertThat(named("absent0", "cni0", "eth0")).isEqualTo("cni0");
        assertThat(named("192.0.2.1", "172.18.0.2")).isEqualTo("eth0");
    }

    @Test
    void selectsByPatternOfNameOrAddress() throws IOException {
        assertThat(matching("^cni")).isEqualTo("cni0");
        assertThat(matching("^172\\.18\\.")).isEqualTo("eth0");
    }

    @Test
    void selectsByTheRouteToAnAddress() throws IOException {
        assertThat(towards("10.244.0.77")).isEqualTo("cni0");
        assertThat(towards("192.0.2.1")).isEqualTo("eth0");
    }

    @Test
    void listsTheExistingInterfacesWhenNoneMatches() {
        assertThatThrownBy(() -> named("absent0"))
                .hasMessageContaining("absent0")
                .hasMessageContaining("eth0")
                .hasMessageContaining("172.18.0.2");
    }

    private String named(String... names) throws IOException {
        return pick(new InterfaceChoice(List.of(names), Optional.empty(), Optional.empty()));
    }

    private String matching(String regex) throws IOException {
        Optional<Pattern> pattern = Optional.of(Pattern.compile(regex));
        return pick(new InterfaceChoice(List.of(), pattern, Optional.empty()));
    }

    private String towards(String address) throws IOException {
        Optional<Ipv4Address> target = Optional.of(Ipv4Address.parse(address));
        return pick(new InterfaceChoice(List.of(), Optional.empty(), target));
    }

    private String pick(InterfaceChoice choice) throws IOException {
        return choice.resolve(connection).name();
    }
}
