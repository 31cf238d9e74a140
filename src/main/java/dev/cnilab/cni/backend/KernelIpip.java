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

/** The kernel's ipip driver. The gateway of a packet's route selects the node. */
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

    /** The firewall drops packets from other senders. */
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

    /** Explains EEXIST, which refers to the name or to (local, remote) under any name. */
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
                        "%s already is an ipip tunnel with local %s and any remote; the kernel allows only one. If nothing needs it: ip link delete %s"
                                .formatted(link.name(), local, link.name()),
                        cause);
            }
        }
        return cause;
    }
}
