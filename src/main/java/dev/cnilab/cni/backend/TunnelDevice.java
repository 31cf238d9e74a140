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

/** A driver of the tunnel device: creates it, reads its settings, deletes it. */
sealed interface TunnelDevice extends AutoCloseable permits KernelIpip, TunIpip {

    TunnelDriver driver();

    /**
     * Creates the device, down and without addresses, for packets from and to {@code local}.
     *
     * @throws IOException when it exists or conflicts with another device; the message names that
     */
    void create(Links links, String device, Ipv4Address local) throws IOException;

    /**
     * Returns the existing device's settings; empty when it carries no packets.
     *
     * @throws IOException when this driver did not create the device
     */
    Optional<LinkData.IpIp> settings(Link device) throws IOException;

    /**
     * Sets the other nodes, the only senders that are accepted.
     *
     * @param mtu the device's, in bytes
     */
    void peers(Collection<Lease> peers, int mtu);

    void delete(Links links, String device) throws IOException;

    /** Releases what belongs to this process. The kernel driver's device stays. */
    @Override
    void close() throws IOException;

    /** Returns the settings of flannel's device: any remote, TTL inherited, DF copied. */
    static LinkData.IpIp settingsFor(Ipv4Address local) {
        return new LinkData.IpIp(local, Ipv4Address.ANY, 0, 0, false);
    }

    /**
     * Creates the device with the kernel's driver or, without it, in user space.
     *
     * @throws IOException when another kind of device has that name, or another device has the same
     *     tunnel addresses
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
