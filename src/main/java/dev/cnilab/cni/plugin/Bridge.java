package dev.cnilab.cni.plugin;

import dev.cnilab.cni.CniException;
import dev.cnilab.host.Errno;
import dev.cnilab.host.Sysctl;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.netlink.Addr;
import dev.cnilab.netlink.Addrs;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.NewLink;
import java.io.IOException;
import java.util.List;

/**
 * The node's bridge, to which its pods are connected. Its MAC address is set explicitly; otherwise
 * it would follow the lowest of its ports and change while pods have it cached.
 *
 * @param gateway its address, with the length of the pods' subnet
 * @param mtu bytes
 */
record Bridge(String name, Ipv4Prefix gateway, int mtu) {

    private static final Sysctl FORWARD = new Sysctl("net.ipv4.ip_forward");

    /**
     * Creates or repairs the bridge. This is never rolled back, since the node's other pods share
     * it.
     *
     * @throws CniException code 101 when the name belongs to another kind of link, or to a bridge
     *     whose ports use another subnet
     */
    Link ensure(Connection node) throws IOException {
        Links links = new Links(node);
        Link link = findOrMake(links);
        if (!link.kind().equals("bridge")) {
            throw new CniException(
                    CniException.Code.CONFLICT,
                    "%s exists and is of kind '%s', not a bridge".formatted(name, link.kind()),
                    "delete it with 'ip link delete %s'".formatted(name));
        }
        if (!MacAddress.of(gateway.address()).equals(link.mac())) {
            links.mac(link.index(), MacAddress.of(gateway.address()));
        }
        if (link.mtu() != mtu) {
            links.mtu(link.index(), mtu);
        }
        ensureAddress(node, links, link);
        if (!link.up()) {
            links.up(link.index());
        }
        if (!FORWARD.read().equals("1")) {
            FORWARD.write("1");
        }
        return links.get(link.index());
    }

    /**
     * Checks the bridge.
     *
     * @throws CniException code 102 when it differs from what {@link #ensure} sets up
     */
    void check(Connection node) throws IOException {
        Link link =
                new Links(node)
                        .find(name)
                        .orElseThrow(() -> changed("bridge %s does not exist".formatted(name)));
        if (!link.kind().equals("bridge") || !link.up()) {
            throw changed("%s is not a bridge that is up".formatted(name));
        }
        if (!new Addrs(node).list4(link.index()).contains(Addr.of(link.index(), gateway))) {
            throw changed("bridge %s does not have address %s".formatted(name, gateway));
        }
    }

    private Link findOrMake(Links links) throws IOException {
        var found = links.find(name);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            links.add(NewLink.bridge(name, MacAddress.of(gateway.address())));
        } catch (NetlinkException e) {
            // A concurrent ADD created it first.
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
        return links.get(name);
    }

    private void ensureAddress(Connection node, Links links, Link link) throws IOException {
        Addrs addrs = new Addrs(node);
        List<Addr.V4> others =
                addrs.list4(link.index()).stream()
                        .filter(addr -> !addr.local().equals(gateway))
                        .toList();
        for (Addr.V4 other : others) {
            if (links.list().stream().anyMatch(port -> port.master() == link.index())) {
                throw new CniException(
                        CniException.Code.CONFLICT,
                        "%s has address %s, this node's subnet is %s"
                                .formatted(name, other.local(), gateway),
                        "pods of the other subnet are still connected to it; delete them, or the address");
            }
            addrs.delete(other);
        }
        try {
            addrs.add(Addr.of(link.index(), gateway));
        } catch (NetlinkException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    private static CniException changed(String what) {
        return new CniException(CniException.Code.CHECK_FAILED, what);
    }
}
