package dev.cnilab.netlink;

import dev.cnilab.host.Errno;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code conntrack}: the flows that the kernel remembers, and translates as it once began to.
 * Encoding: include/uapi/linux/netfilter/nfnetlink_conntrack.h.
 */
public final class Conntrack implements AutoCloseable {

    private static final int SUBSYSTEM = 1;
    private static final int GET = SUBSYSTEM << 8 | 1;
    private static final int DELETE = SUBSYSTEM << 8 | 2;
    private static final int AF_INET = 2;
    private static final int NFGENMSG = 4;

    private static final int TUPLE_ORIG = 1;
    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTO = 2;
    private static final int IP_V4_DST = 2;
    private static final int PROTO_NUM = 1;
    private static final int PROTO_DST_PORT = 3;
    private static final int UDP = 17;

    private final Connection connection;

    private Conntrack(Connection connection) {
        this.connection = connection;
    }

    /** Of the calling thread's namespace. */
    public static Conntrack open() throws IOException {
        return new Conntrack(Connection.open(Protocol.NETFILTER));
    }

    /**
     * Forgets the UDP flows to a port of this node, so that their next packet meets the rules of
     * now. TCP needs none of it: a connection ends.
     *
     * @param address of the node; {@link Ipv4Address#ANY} for each
     * @return how many there were; 0 also on a kernel that can't tell
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
            // Built without connection tracking's netlink, or not loaded and not loadable.
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
                    request(DELETE).nested(TUPLE_ORIG, tuple -> tuple.putBytes(flow)));
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            // It ended by itself meanwhile.
        }
    }

    /** The flow's tuple when it is one of these. */
    private static byte @Nullable [] udpTo(Ipv4Address address, int port, Attributes flow)
            throws MalformedMessageException {
        Attributes tuple = flow.nested(TUPLE_ORIG);
        Attributes protocol = tuple.nested(TUPLE_PROTO);
        int destination = tuple.nested(TUPLE_IP).be32(IP_V4_DST, 0);
        boolean wanted =
                protocol.u8(PROTO_NUM, 0) == UDP
                        && protocol.be16(PROTO_DST_PORT, 0) == port
                        && (address.equals(Ipv4Address.ANY) || address.bits() == destination);
        return wanted ? flow.bytes(TUPLE_ORIG) : null;
    }

    private static Message request(int type) {
        return Message.request(type, 0).putByte(AF_INET).putByte(0).putShort(0);
    }

    @Override
    public void close() {
        connection.close();
    }
}
