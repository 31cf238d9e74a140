package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.host.Errno;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.NewLink;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** The kernel's ipip driver. Which node a packet goes to is the gateway of its route. */
final class KernelIpip implements TunnelDevice {

    static final String LINK_KIND = "ipip";

    @Override
    public TunnelDriver driver() {
        return TunnelDriver.KERNEL;
    }

    @Override
    public void create(Links links, String device, Ipv4Address local) throws IOException {
        try {
            links.add(NewLink.ipip(device, TunnelDevice.settingsFor(local)));
        } catch (NetlinkException e) {
            if (e.is(Errno.EEXIST)) {
                throw conflict(links, device, local, e);
            }
            throw e;
        }
    }

    @Override
    public Optional<LinkData.IpIp> settings(Link device) throws IOException {
        if (device.data() instanceof LinkData.IpIp settings) {
            return Optional.of(settings);
        }
        throw wrongKind(device);
    }

    /** Strangers are the firewall's. */
    @Override
    public void peers(Collection<Lease> peers, int mtu) {}

    @Override
    public void delete(Links links, String device) throws IOException {
        links.delete(device);
    }

    @Override
    public void close() {}

    static IOException wrongKind(Link device) {
        return new IOException(
                "%s exists and is of kind '%s', not a tunnel of this agent's; if nothing needs it: ip link delete %s"
                        .formatted(device.name(), device.kind(), device.name()));
    }

    /** EEXIST is about the name or about (local, remote), whatever the name; say which. */
    private static IOException conflict(
            Links links, String device, Ipv4Address local, NetlinkException cause)
            throws IOException {
        for (Link link : links.list()) {
            if (link.name().equals(device)) {
                return wrongKind(link);
            }
            if (link.data() instanceof LinkData.IpIp other
                    && other.local().equals(local)
                    && other.remote().equals(Ipv4Address.ANY)) {
                return new IOException(
                        "%s is an ipip tunnel with local %s and any remote already; the kernel allows one. If nothing needs it: ip link delete %s"
                                .formatted(link.name(), local, link.name()),
                        cause);
            }
        }
        return cause;
    }
}
