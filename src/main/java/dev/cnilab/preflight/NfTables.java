package dev.cnilab.preflight;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.nft.Chain;
import dev.cnilab.netlink.nft.Expr;
import dev.cnilab.netlink.nft.Family;
import dev.cnilab.netlink.nft.Hook;
import dev.cnilab.netlink.nft.L4Proto;
import dev.cnilab.netlink.nft.NatTarget;
import dev.cnilab.netlink.nft.Nftables;
import dev.cnilab.netlink.nft.Rule;
import dev.cnilab.netlink.nft.Table;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Checks that the kernel supports the nf_tables rules of Services, masquerading and the tunnel's
 * firewall.
 */
record NfTables(KernelModules modules) implements Inspection {

    /** Has a rule of each kind that labs use. */
    private static final Table TABLE =
            new Table(
                    Family.IP,
                    "lab-trial",
                    List.of(),
                    List.of(
                            Chain.base(
                                    "prerouting",
                                    Hook.nat(Hook.Point.PREROUTING),
                                    Rule.of(
                                            "",
                                            new Expr.DaddrLocal(),
                                            Expr.dport(L4Proto.TCP, 80),
                                            new Expr.Dnat(List.of(endpoint(1), endpoint(2))))),
                            Chain.base(
                                    "postrouting",
                                    Hook.nat(Hook.Point.POSTROUTING),
                                    Rule.of("", new Expr.Masquerade(true))),
                            Chain.base(
                                    "forward",
                                    Hook.filter(Hook.Point.FORWARD, Hook.FILTER),
                                    Rule.of(
                                            "",
                                            new Expr.CtState(EnumSet.of(Expr.CtState.State.NEW)),
                                            new Expr.Reject()))));

    /** Returns a documentation address (RFC 5737). */
    private static NatTarget endpoint(int host) {
        return new NatTarget(Ipv4Prefix.parse("192.0.2.0/24").host(host), 80);
    }

    @Override
    public Finding inspect() throws IOException {
        Optional<String> refusal =
                ScratchNamespace.refusal(namespace -> {
                    try (Nftables nftables = Nftables.open(namespace)) {
                        nftables.replace(TABLE);
                    }
                });
        if (refusal.isEmpty()) {
            return new Finding.Ok("accepts rules, including nat");
        }
        return new Finding.Missing(
                refusal.get(),
                "Services and masquerading are nf_tables rules, with nat",
                modules.remedy());
    }
}
