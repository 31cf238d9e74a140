package dev.cnilab.cni.backend;

import dev.cnilab.cni.lease.Lease;
import dev.cnilab.host.Errno;
import dev.cnilab.host.ErrnoException;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.TunnelDriver;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.LinkData;
import dev.cnilab.netlink.Links;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * IP in IP in user space, for kernels without the driver: a TUN device and a raw socket, with the
 * same bytes on the wire. The device exists as long as this process.
 *
 * <p>A TUN device does not learn the gateway of a route, so the leases select a packet's node;
 * routes that are added to the device manually have no effect on that.
 */
final class TunIpip implements TunnelDevice {

    static final String LINK_KIND = "tun";

    private volatile Peers peers = Peers.of(List.of(), 0);
    private @Nullable PacketPump pump;

    @Override
    public TunnelDriver driver() {
        return TunnelDriver.USER_SPACE;
    }

    @Override
    public void create(Links links, String device, Ipv4Address local) throws IOException {
        // When a device is deleted, the receiving half of its pump still runs.
        close();
        try {
            pump = PacketPump.start(device, local, () -> peers);
        } catch (ErrnoException e) {
            Optional<Link> existing = links.find(device);
            if (e.is(Errno.EBUSY) && existing.isPresent()) {
                throw taken(existing.get());
            }
            throw e;
        }
    }

    @Override
    public Optional<LinkData.IpIp> settings(Link device) throws IOException {
        if (pump == null) {
            throw taken(device);
        }
        return pump.alive()
                ? Optional.of(TunnelDevice.settingsFor(pump.local()))
                : Optional.empty();
    }

    @Override
    public void peers(Collection<Lease> peers, int mtu) {
        this.peers = Peers.of(peers, mtu);
    }

    @Override
    public void delete(Links links, String device) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        if (pump != null) {
            pump.close();
            pump = null;
        }
    }

    private static IOException taken(Link device) {
        return device.kind().equals(LINK_KIND)
                ? new IOException(
                        device.name() + " is held by another process; is another agent running?")
                : KernelIpip.wrongKind(device);
    }
}
