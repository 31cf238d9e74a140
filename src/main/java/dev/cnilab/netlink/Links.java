package dev.cnilab.netlink;

import static dev.cnilab.netlink.LinkMessages.IFLA_ADDRESS;
import static dev.cnilab.netlink.LinkMessages.IFLA_BRPORT_MODE;
import static dev.cnilab.netlink.LinkMessages.IFLA_EXT_MASK;
import static dev.cnilab.netlink.LinkMessages.IFLA_IFNAME;
import static dev.cnilab.netlink.LinkMessages.IFLA_MASTER;
import static dev.cnilab.netlink.LinkMessages.IFLA_MTU;
import static dev.cnilab.netlink.LinkMessages.IFLA_NET_NS_FD;
import static dev.cnilab.netlink.LinkMessages.IFLA_PROTINFO;

import dev.cnilab.host.Errno;
import dev.cnilab.host.Fd;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.MacAddress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ip link}: lists and changes the links of the connection's namespace. */
public final class Links {

    private final Connection connection;

    public Links(Connection connection) {
        this.connection = connection;
    }

    public List<Link> list() throws NetlinkException {
        return connection.dump(
                "ip link show",
                LinkMessages.request(Rtm.GETLINK, 0, 0).u32(IFLA_EXT_MASK, LinkMessages.SKIP_STATS),
                LinkMessages::decode);
    }

    /**
     * Returns the link with that name.
     *
     * @throws NetlinkException ENODEV when there is none
     */
    public Link get(String name) throws NetlinkException {
        return connection.get(
                "ip link show dev " + name,
                LinkMessages.request(Rtm.GETLINK, 0, 0)
                        .string(IFLA_IFNAME, name)
                        .u32(IFLA_EXT_MASK, LinkMessages.SKIP_STATS),
                LinkMessages::decode);
    }

    /**
     * Returns the link with that index.
     *
     * @throws NetlinkException ENODEV when there is none
     */
    public Link get(int index) throws NetlinkException {
        return connection.get(
                "ip link show index " + index,
                LinkMessages.request(Rtm.GETLINK, 0, index)
                        .u32(IFLA_EXT_MASK, LinkMessages.SKIP_STATS),
                LinkMessages::decode);
    }

    public Optional<Link> find(String name) throws NetlinkException {
        try {
            return Optional.of(get(name));
        } catch (NetlinkException e) {
            if (e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Creates a link.
     *
     * @throws NetlinkException EEXIST when the name is in use; EOPNOTSUPP when the kernel lacks the
     *     driver
     */
    public void add(NewLink link) throws IOException {
        connection.execute(link.operation(), link.message());
    }

    /**
     * Creates a veth pair whose peer is in another namespace, with one request.
     *
     * @throws NetlinkException EEXIST when one of the names is in use
     */
    public void add(VethPair pair) throws IOException {
        NetNamespace namespace = pair.peerNamespace();
        if (namespace == null) {
            connection.execute(pair.operation(), pair.message(null));
        } else {
            try (Fd fd = Fd.open(namespace.path(), Fd.O_RDONLY)) {
                connection.execute(pair.operation(), pair.message(fd));
            }
        }
    }

    public void up(int index) throws NetlinkException {
        flags("up", index, LinkFlag.UP.mask());
    }

    public void down(int index) throws NetlinkException {
        flags("down", index, 0);
    }

    public void mtu(int index, int mtu) throws NetlinkException {
        connection.execute(set(index, "mtu " + mtu), request(index).u32(IFLA_MTU, mtu));
    }

    public void mac(int index, MacAddress mac) throws NetlinkException {
        connection.execute(
                set(index, "address " + mac), request(index).bytes(IFLA_ADDRESS, mac.toBytes()));
    }

    /**
     * Sets or clears the link's bridge.
     *
     * @param master index of the bridge; 0 for none
     */
    public void master(int index, int master) throws NetlinkException {
        connection.execute(set(index, "master " + master), request(index).u32(IFLA_MASTER, master));
    }

    /**
     * Moves a link to another namespace; its addresses and routes are lost.
     *
     * @param newName null keeps the old name
     */
    public void move(int index, NetNamespace namespace, @Nullable String newName)
            throws IOException {
        try (Fd fd = Fd.open(namespace.path(), Fd.O_RDONLY)) {
            Message message = request(index).u32(IFLA_NET_NS_FD, fd.number());
            if (newName != null) {
                message.string(IFLA_IFNAME, newName);
            }
            connection.execute(set(index, "netns " + namespace.name()), message);
        }
    }

    /** {@code bridge link set hairpin}: sets hairpin mode of a bridge port. */
    public void hairpin(int index, boolean on) throws NetlinkException {
        Message message =
                LinkMessages.header(Message.request(Rtm.SETLINK, 0), Rtm.AF_BRIDGE, index, 0, 0);
        message.nested(IFLA_PROTINFO, port -> port.u8(IFLA_BRPORT_MODE, on ? 1 : 0));
        connection.execute(
                "bridge link set dev #" + index + " hairpin " + (on ? "on" : "off"), message);
    }

    /**
     * Deletes a link.
     *
     * @throws NetlinkException ENODEV when there is none of that name
     */
    public void delete(String name) throws NetlinkException {
        connection.execute(
                "ip link delete " + name,
                LinkMessages.request(Rtm.DELLINK, 0, 0).string(IFLA_IFNAME, name));
    }

    private void flags(String word, int index, int flags) throws NetlinkException {
        connection.execute(
                set(index, word),
                LinkMessages.header(
                        Message.request(Rtm.NEWLINK, 0),
                        Rtm.AF_UNSPEC,
                        index,
                        flags,
                        LinkFlag.UP.mask()));
    }

    private static Message request(int index) {
        return LinkMessages.request(Rtm.NEWLINK, 0, index);
    }

    private static String set(int index, String what) {
        return "ip link set dev #" + index + " " + what;
    }
}
