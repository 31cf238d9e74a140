package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.host.Errno;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.NetlinkException;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** What stands behind the tunnel device: makes it, says what it is set to, deletes it. */
sealed interface TunnelDevice extends AutoCloseable permits KernelIpip, TunIpip {

    TunnelDriver driver();

    /**
     * Makes the device, down and without addresses, for packets from and to {@code local}.
     *
     * @throws IOException when it exists, or something stands in its way; the message names it
     */
    void create(Links links, String device, Ipv4Address local) throws IOException;

    /**
     * What the existing device is set to; empty when it carries no packets.
     *
     * @throws IOException when the device is none that this one creates
     */
    Optional<LinkData.IpIp> settings(Link device) throws IOException;

    /**
     * The other nodes, of which alone packets are taken.
     *
     * @param mtu the device's, in bytes
     */
    void peers(Collection<Lease> peers, int mtu);

    void delete(Links links, String device) throws IOException;

    /** Lets go of what lives in this process. A device of the kernel's stays. */
    @Override
    void close() throws IOException;

    /** The settings of flannel's device: any remote, TTL inherited, DF copied. */
    static LinkData.IpIp settingsFor(Ipv4Address local) {
        return new LinkData.IpIp(local, Ipv4Address.ANY, 0, 0, false);
    }

    /**
     * Makes the device by the kernel's driver or, where that is missing, in user space.
     *
     * @throws IOException when a device of that name is there that is no tunnel, or another device
     *     has the same tunnel
     */
    static TunnelDevice open(Links links, String device, Ipv4Address local) throws IOException {
        KernelIpip kernel = new KernelIpip();
        Optional<Link> existing = links.find(device);
        if (existing.isPresent() && existing.get().kind().equals(KernelIpip.LINK_KIND)) {
            return kernel;
        }
        try {
            kernel.create(links, device, local);
            return kernel;
        } catch (NetlinkException e) {
            if (!e.is(Errno.EOPNOTSUPP)) {
                throw e;
            }
            TunIpip tun = new TunIpip();
            tun.create(links, device, local);
            return tun;
        }
    }
}
