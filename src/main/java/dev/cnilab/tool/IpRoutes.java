package dev.cnilab.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.RouteType;
import dev.cnilab.netlink.Routes;
import dev.cnilab.netlink.Scope;
import java.io.IOException;
import java.util.List;

/** {@code ip route}: lists the main table, or looks up a destination's route. */
final class IpRoutes {

    private IpRoutes() {}

    static List<IpRecord> show(Connection connection, Ip.Query query) throws IOException {
        if (query.ipv6()) {
            throw new UsageException("only IPv4 routes are supported");
        }
        Interfaces interfaces = new Interfaces(query.links());
        return new Routes(connection)
                .list(Route.MAIN).stream()
                        .filter(route ->
                                query.device()
                                        .map(link -> link.index() == route.dev())
                                        .orElse(true))
                        .map(route -> show(route, query, interfaces))
                        .toList();
    }

    static List<IpRecord> get(Connection connection, Ipv4Address destination) throws IOException {
        Route route = new Routes(connection).get(destination);
        Interfaces interfaces = new Interfaces(new Links(connection).list());
        boolean local = route.type() == RouteType.LOCAL;
        IpRecord shown = new IpRecord();
        if (local) {
            shown.field("type", "", "local", " ");
        }
        shown.field("dst", "", destination.toString(), " ");
        way(route, true, interfaces, shown);
        source(route, shown);
        shown.json().putArray("flags");
        shown.field("uid", "uid ", 0, " \n    cache ");
        ArrayNode cache = shown.json().putArray("cache");
        if (local) {
            cache.add("local");
            shown.text("<local> ");
        }
        return List.of(shown.text("\n"));
    }

    private static IpRecord show(Route route, Ip.Query query, Interfaces interfaces) {
        IpRecord shown = new IpRecord();
        if (query.details() || route.type() != RouteType.UNICAST) {
            shown.field("type", "", route.type().toString(), " ");
        }
        shown.field("dst", "", destination(route), " ");
        way(route, query.device().isEmpty(), interfaces, shown);
        if (query.details() || route.protocol() != Route.BOOT) {
            shown.field("protocol", "proto ", protocol(route.protocol()), " ");
        }
        if (query.details() || route.scope() != Scope.GLOBAL) {
            shown.field("scope", "scope ", route.scope().toString(), " ");
        }
        source(route, shown);
        if (route.metric() != 0) {
            shown.field("metric", "metric ", route.metric(), " ");
        }
        ArrayNode flags = shown.json().putArray("flags");
        if (route.onlink()) {
            flags.add("onlink");
            shown.text("onlink ");
        }
        if (route.mtu() != 0) {
            shown.json().putArray("metrics").addObject().put("mtu", route.mtu());
            shown.text("mtu " + route.mtu() + " ");
        }
        return shown.text("\n");
    }

    private static void way(
            Route route, boolean withDevice, Interfaces interfaces, IpRecord shown) {
        Ipv4Address gateway = route.gateway();
        if (gateway != null) {
            shown.field("gateway", "via ", gateway.toString(), " ");
        }
        if (withDevice && route.dev() != 0) {
            shown.field("dev", "dev ", interfaces.name(route.dev()), " ");
        }
    }

    private static void source(Route route, IpRecord shown) {
        Ipv4Address source = route.prefSource();
        if (source != null) {
            shown.field("prefsrc", "src ", source.toString(), " ");
        }
    }

    private static String destination(Route route) {
        return switch (route.dst().length()) {
            case 0 -> "default";
            case 32 -> route.dst().address().toString();
            default -> route.dst().toString();
        };
    }

    /** Returns the name in /etc/iproute2/rt_protos, or the number without one. */
    private static String protocol(int number) {
        return switch (number) {
            case 0 -> "unspec";
            case 1 -> "redirect";
            case Route.KERNEL -> "kernel";
            case Route.BOOT -> "boot";
            case Route.STATIC -> "static";
            case 9 -> "ra";
            case 12 -> "bird";
            case 16 -> "dhcp";
            case 186 -> "bgp";
            default -> Integer.toString(number);
        };
    }
}
