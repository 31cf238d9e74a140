package dev.cnilab.preflight;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NewLink;
import java.io.IOException;
import java.util.Optional;

/**
 * The kernel's tunnel. Trying it loads the module where the kernel has one, as bringing a lab up
 * would.
 */
public record IpipDriver(KernelModules modules) implements Inspection {

    /** An address for documentation (RFC 5737): with none, it would be tunl0's twin. */
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
            return new Finding.Ok("the kernel carries the tunnel");
        }
        return new Finding.Warning(
                refusal.get(),
                "the tunnel runs in user space: the same packets, more slowly",
                modules.remedy()
                        + ", where the kernel comes with it (Ubuntu: linux-modules-extra)");
    }
}
