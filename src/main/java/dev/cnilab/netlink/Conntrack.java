package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code conntrack}: the kernel's connection tracking entries, which keep the address translation
 * of a flow's first packet. Encoding: include/uapi/linux/netfilter/nfnetlink_conntrack.h.
 */
public final class Conntrack implements AutoCloseable {

    // include/uapi/linux/netfilter/nfnetlink.h, nfnetlink_conntrack.h; include/uapi/linux/in.h
    private static final int NFNL_SUBSYS_CTNETLINK = 1;
    private static final int IPCTNL_MSG_CT_GET = 1;
    private static final int IPCTNL_MSG_CT_DELETE = 2;
    private static final int GET = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET;
    private static final int DELETE = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE;
    private static final int AF_INET = 2;
    private static final int NFGENMSG = 4;

    private static final int CTA_TUPLE_ORIG = 1;
    private static final int CTA_TUPLE_IP = 1;
    private static final int CTA_TUPLE_PROTO = 2;
    private static final int CTA_IP_V4_DST = 2;
    private static final int CTA_PROTO_NUM = 1;
    private static final int CTA_PROTO_DST_PORT = 3;
    private static final int IPPROTO_UDP = 17;

    private final Connection connection;

    private Conntrack(Connection connection) {
        this.connection = connection;
    }

    /** Opens a connection in the calling thread's namespace. */
    public static Conntrack open() throws IOException {
        return new Conntrack(Connection.open(Protocol.NETFILTER));
    }

    /**
     * Deletes the entries of UDP flows to a port of this node, so that their next packet is
     * translated by the current rules. TCP does not need it: its connections end.
     *
     * @param address the node's; {@link Ipv4Address#ANY} for all
     * @return the number of deleted entries; 0 on a kernel without ctnetlink
     */
    public int forgetUdp(Ipv4Address address, int port) throws NetlinkException {
        List<byte[]> flows;
        try {
            flows =
                    connection.dump(
                            "conntrack -L -p udp",
                            request(GET),
                            reply -> udpTo(address, port, reply.attributes(NFGENMSG)));
        } catch (NetlinkException e) {
            // The kernel lacks ctnetlink: not built in, or its module cannot be loaded.
            if (e.is(Errno.EINVAL) || e.is(Errno.EOPNOTSUPP)) {
                return 0;
            }
            throw e;
        }
        for (byte[] flow : flows) {
            delete(port, flow);
        }
        return flows.size();
    }

    private void delete(int port, byte[] flow) throws NetlinkException {
        try {
            connection.execute(
                    "conntrack -D -p udp --dport " + port,
                    request(DELETE).nested(CTA_TUPLE_ORIG, tuple -> tuple.putBytes(flow)));
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            // The entry expired meanwhile.
        }
    }

    /**
     * Returns the flow's original tuple when it is UDP to that address and port; null otherwise.
     */
    private static byte @Nullable [] udpTo(Ipv4Address address, int port, Attributes flow)
            throws MalformedMessageException {
        Attributes tuple = flow.nested(CTA_TUPLE_ORIG);
        Attributes protocol = tuple.nested(CTA_TUPLE_PROTO);
        int destination = tuple.nested(CTA_TUPLE_IP).be32(CTA_IP_V4_DST, 0);
        boolean matches =
                protocol.u8(CTA_PROTO_NUM, 0) == IPPROTO_UDP
                        && protocol.be16(CTA_PROTO_DST_PORT, 0) == port
                        && (address.equals(Ipv4Address.ANY) || address.bits() == destination);
        return matches ? flow.bytes(CTA_TUPLE_ORIG) : null;
    }

    private static Message request(int type) {
        return Message.request(type, 0).putByte(AF_INET).putByte(0).putShort(0);
    }

    @Override
    public void close() {
        connection.close();
    }
}
