package dev.cnilab.tool;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.RouteType;
import dev.cnilab.netlink.Routes;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;

/** {@code route -n}: prints the main table as net-tools does. */
final class RouteTable implements Tool {

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        if (!args.equals(List.of("-n"))) {
            throw new UsageException("takes -n only; 'ip route' shows more");
        }
        try (Connection connection = Connection.open()) {
            Interfaces interfaces = new Interfaces(new Links(connection).list());
            out.println("Kernel IP routing table");
            out.println(
                    "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface");
            for (Route route : new Routes(connection).list(Route.MAIN)) {
                out.println(line(route, route.dev() == 0 ? "*" : interfaces.name(route.dev())));
            }
        }
        return 0;
    }

    private static String line(Route route, String interfaceName) {
        boolean refuses =
                route.type() == RouteType.UNREACHABLE || route.type() == RouteType.PROHIBIT;
        String gateway =
                refuses
                        ? "-"
                        : Objects.requireNonNullElse(route.gateway(), Ipv4Address.ANY).toString();
        return String.format(
                "%-15s %-15s %-15s %-5s %-6d %-2d %7d %s",
                route.dst().address(),
                gateway,
                route.dst().netmask(),
                flags(route, refuses),
                route.metric(),
                0,
                0,
                refuses ? "-" : interfaceName);
    }

    /**
     * Returns net-tools' flags: RTF_REJECT, or RTF_UP with RTF_GATEWAY and RTF_HOST
     * (include/uapi/linux/route.h).
     */
    private static String flags(Route route, boolean refuses) {
        return (refuses ? "!" : "U")
                + (route.gateway() == null ? "" : "G")
                + (route.dst().length() == 32 ? "H" : "");
    }
}
