package dev.cnilab.netlink;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip addr}: lists and changes the addresses of the connection's namespace. Encoding: {@code
 * struct ifaddrmsg}, include/uapi/linux/if_addr.h.
 */
public final class Addrs {

    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_BROADCAST = 4;
    private static final int IFA_FLAGS = 8;

    private static final int IFA_F_NODAD = 0x02;
    private static final int IFA_F_TENTATIVE = 0x40;

    private static final int IFADDRMSG = 8;

    private final Connection connection;

    public Addrs(Connection connection) {
        this.connection = connection;
    }

    /** Lists the IPv4 and IPv6 addresses of all links. */
    public List<Addr> list() throws NetlinkException {
        return connection.dump(
                "ip addr show",
                Message.request(Rtm.GETADDR, 0).putInt(Rtm.AF_UNSPEC).putInt(0),
                Addrs::decode);
    }

    /** Lists the IPv4 addresses of one link. */
    public List<Addr.V4> list4(int index) throws NetlinkException {
        return list().stream()
                .filter(addr -> addr.index() == index)
                .filter(Addr.V4.class::isInstance)
                .map(Addr.V4.class::cast)
                .toList();
    }

    /**
     * Adds an address; an IPv6 one without duplicate address detection.
     *
     * @throws NetlinkException EEXIST when it exists; ENODEV when the link does not
     */
    public void add(Addr addr) throws NetlinkException {
        connection.execute(
                operation("add", addr), message(Rtm.NEWADDR, Message.CREATE | Message.EXCL, addr));
    }

    /**
     * Deletes an address.
     *
     * @throws NetlinkException EADDRNOTAVAIL when the link does not have it
     */
    public void delete(Addr addr) throws NetlinkException {
        connection.execute(operation("del", addr), message(Rtm.DELADDR, 0, addr));
    }

    static @Nullable Addr decode(Reply reply) throws MalformedMessageException {
        if (reply.type() != Rtm.NEWADDR && reply.type() != Rtm.DELADDR) {
            return null;
        }
        int length = reply.u8(1);
        int index = reply.s32(4);
        Scope scope = Scope.of(reply.u8(3));
        Attributes attributes = reply.attributes(IFADDRMSG);
        return switch (reply.u8(0)) {
            case Rtm.AF_INET -> new Addr.V4(index, local4(attributes, length), scope);
            case Rtm.AF_INET6 ->
                    new Addr.V6(
                            index,
                            local6(attributes, length),
                            scope,
                            (attributes.u32(IFA_FLAGS, reply.u8(2)) & IFA_F_TENTATIVE) != 0);
            default -> null;
        };
    }

    private static Ipv4Prefix local4(Attributes attributes, int length)
            throws MalformedMessageException {
        if (length > 32) {
            throw new MalformedMessageException("an IPv4 address of length " + length);
        }
        int peer = attributes.be32(IFA_ADDRESS, 0);
        return new Ipv4Prefix(new Ipv4Address(attributes.be32(IFA_LOCAL, peer)), length);
    }

    private static Ipv6Prefix local6(Attributes attributes, int length)
            throws MalformedMessageException {
        byte[] peer = attributes.bytes(IFA_ADDRESS, 16);
        byte[] local = attributes.bytes(IFA_LOCAL, 16);
        byte[] bytes = local == null ? peer : local;
        if (bytes == null || length > 128) {
            throw new MalformedMessageException("an IPv6 address of length " + length);
        }
        return Ipv6Prefix.of(bytes, length);
    }

    private static Message message(int type, int flags, Addr addr) {
        Message message = Message.request(type, flags);
        return switch (addr) {
            case Addr.V4 v4 -> {
                Ipv4Prefix local = v4.local();
                byte[] bytes = local.address().toBytes();
                header(message, Rtm.AF_INET, local.length(), addr)
                        .bytes(IFA_LOCAL, bytes)
                        .bytes(IFA_ADDRESS, bytes);
                yield type == Rtm.NEWADDR && local.length() < 31
                        ? message.bytes(IFA_BROADCAST, local.broadcast().toBytes())
                        : message;
            }
            case Addr.V6 v6 -> {
                byte[] bytes = v6.local().toBytes();
                yield header(message, Rtm.AF_INET6, v6.local().length(), addr)
                        .bytes(IFA_LOCAL, bytes)
                        .bytes(IFA_ADDRESS, bytes)
                        .u32(IFA_FLAGS, IFA_F_NODAD);
            }
        };
    }

    private static Message header(Message message, int family, int length, Addr addr) {
        return message.putByte(family)
                .putByte(length)
                .putByte(0)
                .putByte(addr.scope().number())
                .putInt(addr.index());
    }

    private static String operation(String verb, Addr addr) {
        String local =
                switch (addr) {
                    case Addr.V4 v4 -> v4.local().toString();
                    case Addr.V6 v6 -> v6.local().toString();
                };
        return "ip addr " + verb + " " + local + " dev #" + addr.index();
    }
}
