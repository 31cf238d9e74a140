package dev.cnilab.trace.run;

import dev.cnilab.net.Ipv4Address;
import java.nio.charset.StandardCharsets;

/** Reads any text as rules of nft and iptables, routes and neighbours. */
public final class RulesFuzz {

    private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.96.0.1");

    private RulesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        String text = new String(data, StandardCharsets.UTF_8);
        NatRules nat = NatRules.ofNft(text);
        NatRules tables = NatRules.ofIptables(text);
        for (NatRules rules : new NatRules[] {nat, tables}) {
            rules.dnat(ADDRESS, 80, ADDRESS, 80);
            rules.snat(ADDRESS, ADDRESS, true);
        }
        DropRules.of(text, "", "forward");
        DropRules.of("", text, "forward");
        Route.best(Route.parse(text), ADDRESS);
        LocalNetwork.neighs(text);
        Counters.parse(text);
    }
}
