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

/** An attachment's pair of veths, one end on the node's bridge and one in the pod. */
final class PodLink {

    private PodLink() {}

    /**
     * @throws CniException code 101 when the pod has an interface of that name
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

    /** Gives the pod's end its address and its routes, and switches it and lo on. */
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

    /** Takes both ends away; gone is gone. */
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
     * @throws CniException code 102 when the node's end is no longer a port of the bridge that is
     *     up
     */
    static void checkHost(Connection node, String hostName, String bridge) throws IOException {
        Links links = new Links(node);
        int master = links.find(bridge).map(Link::index).orElse(0);
        Link host = links.find(hostName).orElseThrow(() -> changed(hostName + " is gone"));
        if (host.master() != master || !host.up()) {
            throw changed(hostName + " is no port of " + bridge + " that is up");
        }
    }

    /**
     * @throws CniException code 102 when the pod's end differs from what ADD said
     */
    static void checkPod(Connection pod, String ifName, CniResult said) throws IOException {
        Link link = new Links(pod).find(ifName).orElseThrow(() -> changed(ifName + " is gone"));
        if (!link.up()) {
            throw changed(ifName + " is down");
        }
        for (CniResult.Interface each : said.interfaces()) {
            boolean ours = each.name().equals(ifName) && !each.sandbox().isEmpty();
            if (ours && each.mac() != null && !each.mac().equals(link.mac())) {
                throw changed("%s has MAC %s, not %s".formatted(ifName, link.mac(), each.mac()));
            }
        }
        List<Addr.V4> addrs = new Addrs(pod).list4(link.index());
        for (CniResult.Ip ip : said.ips()) {
            if (!addrs.contains(Addr.of(link.index(), ip.address()))) {
                throw changed("%s does not have address %s".formatted(ifName, ip.address()));
            }
        }
        List<Route> routes = new Routes(pod).list(Route.MAIN);
        for (CniResult.Route route : said.routes()) {
            Route wanted = kernelRoute(route, link);
            if (routes.stream().noneMatch(seen -> sameWay(seen, wanted))) {
                throw changed("route %s is gone".formatted(wanted));
            }
        }
    }

    private static Route kernelRoute(CniResult.Route route, Link link) {
        return route.gateway() == null
                ? Route.onLink(route.destination(), link.index())
                : Route.via(route.destination(), route.gateway(), link.index());
    }

    private static boolean sameWay(Route seen, Route wanted) {
        boolean gateway = wanted.gateway() == null || wanted.gateway().equals(seen.gateway());
        return gateway && seen.dst().equals(wanted.dst()) && seen.dev() == wanted.dev();
    }

    private static CniException changed(String what) {
        return new CniException(CniException.Code.CHECK_FAILED, what);
    }
}
