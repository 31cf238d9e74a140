package dev.cnilab.preflight;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NewLink;
import java.io.IOException;
import java.util.Optional;

/**
 * Checks for the kernel's ipip driver by creating a tunnel, which loads the module if the kernel
 * has one, as {@code lab up} does.
 */
public record IpipDriver(KernelModules modules) implements Inspection {

    /**
     * A documentation address (RFC 5737) as local one: without an address it would conflict with
     * tunl0.
     */
    private static final LinkData.IpIp TUNNEL =
            new LinkData.IpIp(Ipv4Address.parse("192.0.2.1"), Ipv4Address.ANY, 0, 0, false);

    @Override
    public Finding inspect() throws IOException {
        Optional<String> refusal =
                ScratchNamespace.refusal(namespace -> {
                    try (Connection connection = Connection.open(namespace)) {
                        new Links(connection).add(NewLink.ipip("lab-trial", TUNNEL));
                    }
                });
        if (refusal.isEmpty()) {
            return new Finding.Ok("the kernel has the ipip driver");
        }
        return new Finding.Warning(
                refusal.get(),
                "the tunnel runs in user space: the same packets, more slowly",
                modules.remedy()
                        .with("if the kernel's packages include it (Ubuntu: linux-modules-extra)"));
    }
}
