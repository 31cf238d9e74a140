package dev.cnilab.trace.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.base.TimeFactor;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropRulesTest {

    private static Networks iptables() throws IOException {
        return RecordedRules.of("iptables-filter.txt", "iptables-save", "-c", "-t", "filter");
    }

    private static Networks nft() throws IOException {
        return RecordedRules.of("nft.txt", "nft", "-a", "list", "ruleset");
    }

    @Test
    void aRuleOfIptablesCountsOnlyIfItMetPackets() throws IOException {
        assertThat(DropRules.at(RecordedRules.PLACE, iptables(), "input"))
                .containsExactly(
                        new DropRules.Rule(
                                "-A INPUT -p icmp -m icmp --icmp-type 8 -m comment --comment \"no"
                                        + " ping\" -j DROP  (1 packets)",
                                Optional.of(
                                        "iptables -D INPUT -p icmp -m icmp --icmp-type 8 -m comment"
                                                + " --comment \"no ping\" -j DROP")));
    }

    @Test
    void aPolicyOfIptablesCountsOnlyIfItMetPackets() throws IOException {
        assertThat(DropRules.at(RecordedRules.PLACE, iptables(), "output"))
                .containsExactly(
                        new DropRules.Rule(
                                "chain OUTPUT, policy DROP  (1 packets)",
                                Optional.of("iptables -P OUTPUT ACCEPT")));
        assertThat(DropRules.at(RecordedRules.PLACE, iptables(), "forward")).isEmpty();
    }

    @Test
    void aRuleOfNftIsDeletedByItsHandle() throws IOException {
        assertThat(DropRules.at(RecordedRules.PLACE, nft(), "input"))
                .containsExactly(
                        new DropRules.Rule(
                                "inet fence incoming: icmp type echo-request counter packets 1"
                                        + " bytes 84 drop comment \"no ping\"",
                                Optional.of("nft delete rule inet fence incoming handle 6")));
    }

    @Test
    void aPolicyOfNftIsThatOfTheHook() throws IOException {
        assertThat(DropRules.at(RecordedRules.PLACE, nft(), "forward"))
                .containsExactly(
                        new DropRules.Rule(
                                "inet fence forwarded: policy drop",
                                Optional.of(
                                        "nft chain inet fence forwarded '{ policy accept ; }'")));
        assertThat(DropRules.at(RecordedRules.PLACE, nft(), "output")).isEmpty();
    }

    @Test
    void theAgentsAndTheProxysRulesForwardPackets() throws IOException {
        TraceTape tape = TraceTape.read("node-port");
        Networks networks = new Networks(tape.view(), TimeFactor.NONE);

        assertThat(DropRules.at(tape.place("worker"), networks, "forward")).isEmpty();
    }
}
