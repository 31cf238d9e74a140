package dev.cnilab.cni.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.netlink.nft.Chain;
import dev.cnilab.netlink.nft.Family;
import dev.cnilab.netlink.nft.Hook;
import dev.cnilab.netlink.nft.Nftables;
import dev.cnilab.netlink.nft.Table;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host whose own chains drop forwarded packets, as Docker's do. */
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
    void namesTheChainAndTheFix() throws Exception {
        drop("FORWARD", Hook.Point.FORWARD);
        try (RunningBackend backend = start()) {
            assertThat(backend.messages)
                    .anySatisfy(line ->
                            assertThat(line)
                                    .contains(
                                            "chain ip filter FORWARD drops",
                                            "iptables -I FORWARD -s 10.244.0.0/16 -j ACCEPT"));
        }
    }

    @Test
    void doesNotWarnWithoutSuchAChain() throws Exception {
        drop("INPUT", Hook.Point.INPUT);
        try (RunningBackend backend = start()) {
            assertThat(backend.messages).noneMatch(line -> line.contains("drops"));
        }
    }

    /** Sets the policy of {@code iptables -P CHAIN DROP}, as iptables-nft does. */
    private void drop(String chain, Hook.Point point) throws IOException {
        Hook hook = new Hook(Hook.Type.FILTER, point, Hook.FILTER, Hook.Policy.DROP);
        try (Nftables nftables = Nftables.open(nodes.namespace(0))) {
            nftables.replace(
                    new Table(Family.IP, "filter", List.of(), List.of(Chain.base(chain, hook))));
        }
    }

    private RunningBackend start() throws IOException {
        return new RunningBackend(nodes, 0, false, NodesOnBridge.lease(1));
    }
}
