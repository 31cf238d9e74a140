package dev.cnilab.cni.plugin;

import dev.cnilab.cni.CniException;
import dev.cnilab.cni.CniResult;
import dev.cnilab.host.Errno;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.Route;
import dev.cnilab.netlink.Routes;
import java.io.IOException;
import java.util.List;

/** An attachment's veth pair: one end on the node's bridge, one in the pod. */
final class PodLink {

    private PodLink() {}

    /**
     * Checks that the pod has no interface of that name.
     *
     * @throws CniException code 101 when it has
     */
    static void requireAbsent(Connection pod, String ifName) throws IOException {
        Link there = new Links(pod).find(ifName).orElse(null);
        if (there != null) {
            throw new CniException(
                    CniException.Code.CONFLICT,
                    "the container already has an interface " + ifName,
                    "it is of kind '%s', address %s".formatted(there.kind(), there.mac()));
        }
    }

    /** Configures the pod's end with its address and routes, and sets it and lo up. */
    static Link configure(
            Connection pod, String ifName, Ipv4Prefix address, List<CniResult.Route> routes)
            throws IOException {
        Links links = new Links(pod);
        Link link = links.get(ifName);
        links.up(links.get("lo").index());
        new Addrs(pod).add(Addr.of(link.index(), address));
        links.up(link.index());
        for (CniResult.Route route : routes) {
            new Routes(pod).add(kernelRoute(route, link));
        }
        return link;
    }

    /** Deletes the pair, if it exists. */
    static void delete(Connection node, String hostName) throws IOException {
        try {
            new Links(node).delete(hostName);
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENODEV)) {
                throw e;
            }
        }
    }

    /**
     * Checks the node's end.
     *
     * @throws CniException code 102 when it is not an active port of the bridge
     */
    static void checkHost(Connection node, String hostName, String bridge) throws IOException {
        Links links = new Links(node);
        int master = links.find(bridge).map(Link::index).orElse(0);
        Link host = links.find(hostName).orElseThrow(() -> changed(hostName + " is gone"));
        if (host.master() != master || !host.up()) {
            throw changed(hostName + " is not a port of " + bridge + " that is up");
        }
    }

    /**
     * Checks the pod's end.
     *
     * @throws CniException code 102 when it differs from the result of ADD
     */
    static void checkPod(Connection pod, String ifName, CniResult result) throws IOException {
        Link link = new Links(pod).find(ifName).orElseThrow(() -> changed(ifName + " is gone"));
        if (!link.up()) {
            throw changed(ifName + " is down");
        }
        for (CniResult.Interface each : result.interfaces()) {
            boolean ours = each.name().equals(ifName) && !each.sandbox().isEmpty();
            if (ours && each.mac() != null && !each.mac().equals(link.mac())) {
                throw changed("%s has MAC %s, not %s".formatted(ifName, link.mac(), each.mac()));
            }
        }
        List<Addr.V4> addrs = new Addrs(pod).list4(link.index());
        for (CniResult.Ip ip : result.ips()) {
            if (!addrs.contains(Addr.of(link.index(), ip.address()))) {
                throw changed("%s does not have address %s".formatted(ifName, ip.address()));
            }
        }
        List<Route> routes = new Routes(pod).list(Route.MAIN);
        for (CniResult.Route route : result.routes()) {
            Route expected = kernelRoute(route, link);
            if (routes.stream().noneMatch(actual -> isSameRoute(actual, expected))) {
                throw changed("route %s does not exist".formatted(expected));
            }
        }
    }

    private static Route kernelRoute(CniResult.Route route, Link link) {
        return route.gateway() == null
                ? Route.onLink(route.destination(), link.index())
                : Route.via(route.destination(), route.gateway(), link.index());
    }

    private static boolean isSameRoute(Route actual, Route expected) {
        boolean gateway = expected.gateway() == null || expected.gateway().equals(actual.gateway());
        return gateway && actual.dst().equals(expected.dst()) && actual.dev() == expected.dev();
    }

    private static CniException changed(String what) {
        return new CniException(CniException.Code.CHECK_FAILED, what);
    }
}
