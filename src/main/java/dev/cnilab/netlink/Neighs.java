package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip -4 neigh}: lists and changes the IPv4 neighbours of the connection's namespace.
 * Encoding: {@code struct ndmsg}, include/uapi/linux/neighbour.h.
 */
public final class Neighs {

    static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;
    static final int NDMSG = 12;

    private final Connection connection;

    public Neighs(Connection connection) {
        this.connection = connection;
    }

    /** Lists the neighbours of all links. */
    public List<Neigh> list() throws NetlinkException {
        return connection.dump(
                "ip neigh show", header(Message.request(Rtm.GETNEIGH, 0), 0, 0), Neighs::decode);
    }

    /** Adds or replaces a neighbour. */
    public void replace(Neigh neigh) throws NetlinkException {
        connection.execute(
                operation("replace", neigh),
                message(Rtm.NEWNEIGH, Message.CREATE | Message.REPLACE, neigh));
    }

    /**
     * Deletes a neighbour.
     *
     * @throws NetlinkException ENOENT when there is none
     */
    public void delete(Neigh neigh) throws NetlinkException {
        connection.execute(operation("del", neigh), message(Rtm.DELNEIGH, 0, neigh));
    }

    static @Nullable Neigh decode(Reply reply) throws MalformedMessageException {
        boolean neigh = reply.type() == Rtm.NEWNEIGH || reply.type() == Rtm.DELNEIGH;
        if (!neigh || reply.u8(0) != Rtm.AF_INET) {
            return null;
        }
        Attributes attributes = reply.attributes(NDMSG);
        return new Neigh(
                reply.s32(4),
                new Ipv4Address(attributes.be32(NDA_DST, 0)),
                mac(attributes),
                Neigh.State.of(reply.u16(8)));
    }

    static @Nullable MacAddress mac(Attributes attributes) {
        byte[] mac = attributes.bytes(NDA_LLADDR);
        return mac == null || mac.length != 6 ? null : MacAddress.of(mac, 0);
    }

    private static Message message(int type, int flags, Neigh neigh) {
        Message message =
                header(Message.request(type, flags), neigh.dev(), neigh.state().number())
                        .bytes(NDA_DST, neigh.dst().toBytes());
        MacAddress mac = neigh.mac();
        return mac == null ? message : message.bytes(NDA_LLADDR, mac.toBytes());
    }

    private static Message header(Message message, int dev, int state) {
        return message.putByte(Rtm.AF_INET)
                .putByte(0)
                .putShort(0)
                .putInt(dev)
                .putShort(state)
                .putShort(0);
    }

    private static String operation(String verb, Neigh neigh) {
        return "ip neigh " + verb + " " + neigh.dst() + " dev #" + neigh.dev();
    }
}
