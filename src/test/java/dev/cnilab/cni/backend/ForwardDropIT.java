package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host whose own rules drop what they don't know, as Docker makes it. */
class ForwardDropIT {

    private NodesOnBridge nodes;

    @BeforeEach
    void makeNode() throws IOException {
        nodes = new NodesOnBridge(1);
    }

    @AfterEach
    void deleteNode() throws IOException {
        nodes.close();
    }

    @Test
    void theChainIsNamedWithWhatMendsIt() throws Exception {
        Command iptables = Command.of("iptables-nft", "-P", "FORWARD", "DROP");
        nodes.namespace(0).run(() -> iptables.run(Duration.ofSeconds(30)));
        try (RunningBackend backend = start()) {
            assertThat(backend.told)
                    .anySatisfy(line ->
                            assertThat(line)
                                    .contains(
                                            "chain ip filter FORWARD drops",
                                            "iptables -I FORWARD -s 10.244.0.0/16 -j ACCEPT"));
        }
    }

    @Test
    void otherwiseThereIsNothingToSay() throws Exception {
        Command iptables = Command.of("iptables-nft", "-P", "INPUT", "DROP");
        nodes.namespace(0).run(() -> iptables.run(Duration.ofSeconds(30)));
        try (RunningBackend backend = start()) {
            assertThat(backend.told).noneMatch(line -> line.contains("drops"));
        }
    }

    private RunningBackend start() throws IOException {
        return new RunningBackend(nodes, 0, false, NodesOnBridge.lease(1));
    }
}
