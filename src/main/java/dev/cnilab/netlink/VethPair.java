package dev.cnilab.netlink;

import static dev.cnilab.netlink.LinkMessages.IFLA_ADDRESS;
import static dev.cnilab.netlink.LinkMessages.IFLA_IFNAME;
import static dev.cnilab.netlink.LinkMessages.IFLA_INFO_DATA;
import static dev.cnilab.netlink.LinkMessages.IFLA_INFO_KIND;
import static dev.cnilab.netlink.LinkMessages.IFLA_LINKINFO;
import static dev.cnilab.netlink.LinkMessages.IFLA_MASTER;
import static dev.cnilab.netlink.LinkMessages.IFLA_MTU;
import static dev.cnilab.netlink.LinkMessages.IFLA_NET_NS_FD;
import static dev.cnilab.netlink.LinkMessages.VETH_INFO_PEER;

import dev.cnilab.host.Fd;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A veth pair to create: this end is up, the peer down (the kernel refuses one that is up before
 * its peer exists).
 *
 * @param master index of this end's bridge; 0 for none
 * @param mtu of both ends, bytes
 * @param peerMac null for one that the kernel chooses
 * @param peerNamespace null for this one
 */
public record VethPair(
        String name,
        int master,
        int mtu,
        String peerName,
        @Nullable MacAddress peerMac,
        @Nullable NetNamespace peerNamespace) {

    String operation() {
        return "ip link add "
                + name
                + " type veth peer "
                + peerName
                + (peerNamespace == null ? "" : " netns " + peerNamespace.name());
    }

    /**
     * Encodes the request.
     *
     * @param namespace the peer's, held open by the caller
     */
    Message message(@Nullable Fd namespace) {
        int up = LinkFlag.UP.mask();
        Message message = Message.request(Rtm.NEWLINK, Message.CREATE | Message.EXCL);
        LinkMessages.header(message, Rtm.AF_UNSPEC, 0, up, up)
                .string(IFLA_IFNAME, name)
                .u32(IFLA_MTU, mtu);
        if (master != 0) {
            message.u32(IFLA_MASTER, master);
        }
        return message.nested(
                IFLA_LINKINFO,
                info ->
                        info.string(IFLA_INFO_KIND, "veth")
                                .nested(
                                        IFLA_INFO_DATA,
                                        data ->
                                                data.container(
                                                        VETH_INFO_PEER,
                                                        peer -> putPeer(peer, namespace))));
    }

    private void putPeer(Message peer, @Nullable Fd namespace) {
        LinkMessages.header(peer, Rtm.AF_UNSPEC, 0, 0, 0)
                .string(IFLA_IFNAME, peerName)
                .u32(IFLA_MTU, mtu);
        if (peerMac != null) {
            peer.bytes(IFLA_ADDRESS, peerMac.toBytes());
        }
        if (namespace != null) {
            peer.u32(IFLA_NET_NS_FD, namespace.number());
        }
    }
}
