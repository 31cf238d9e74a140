package dev.cnilab.netlink.nft;

import dev.cnilab.host.Errno;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.netlink.Attributes;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.MalformedMessageException;
import dev.cnilab.netlink.Message;
import dev.cnilab.netlink.NetlinkException;
import dev.cnilab.netlink.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code nft}: replaces and deletes whole tables of one network namespace, atomically. Encoding:
 * include/uapi/linux/netfilter/nf_tables.h.
 */
public final class Nftables implements AutoCloseable {

    private static final int NFTA_TABLE_USERDATA = 6;
    private static final int NFTA_CHAIN_HOOK = 4;
    private static final int NFTA_CHAIN_POLICY = 5;
    private static final int NFTA_SET_ELEM_LIST_ELEMENTS = 3;
    private static final int NFGENMSG = 4;

    private final Connection connection;

    private Nftables(Connection connection) {
        this.connection = connection;
    }

    /** In the calling thread's namespace. */
    public static Nftables open() throws IOException {
        return new Nftables(Connection.open(Protocol.NETFILTER));
    }

    public static Nftables open(NetNamespace namespace) throws IOException {
        return new Nftables(Connection.open(namespace, Protocol.NETFILTER));
    }

    /** Puts the table in the place of the one of its name: no packet sees anything between. */
    public void replace(Table table) throws NetlinkException {
        Batch batch = new Batch();
        addDeletion(batch, table.family(), table.name());
        batch.add(
                "nft add table " + table.title(),
                request(table.family(), table.name())
                        .bytes(NFTA_TABLE_USERDATA, Rules.comment(table.fingerprint())));
        table.chains().forEach(chain -> addChain(batch, table, chain));
        Sets sets = new Sets(batch, table);
        table.sets().forEach(sets::add);
        Rules rules = new Rules(batch, table, sets);
        table.chains().forEach(chain -> chain.rules().forEach(rule -> rules.add(chain, rule)));
        batch.commit(connection);
    }

    /** Repeatable: without the table it does nothing. */
    public void delete(Family family, String name) throws NetlinkException {
        Batch batch = new Batch();
        addDeletion(batch, family, name);
        batch.commit(connection);
    }

    /** Whether a table of that name is there, whatever is in it. */
    public boolean exists(Family family, String name) throws NetlinkException {
        return userData(family, name).isPresent();
    }

    /**
     * Whether the table is there as {@link #replace} left it: it bears the same content's
     * fingerprint and nobody took chains, rules or elements of sets out of it, or added some.
     */
    public boolean has(Table table) throws NetlinkException {
        byte[] comment = Rules.comment(table.fingerprint());
        for (NamedSet set : table.sets()) {
            if (elements(table, set) != set.size()) {
                return false;
            }
        }
        return bears(table, comment)
                && count(Batch.GETCHAIN, Batch.NEWCHAIN, table) == table.chains().size()
                && count(Batch.GETRULE, Batch.NEWRULE, table)
                        == table.chains().stream().mapToInt(chain -> chain.rules().size()).sum();
    }

    /**
     * The base chains that drop the IPv4 packets which no rule of theirs decides, whoever made
     * them: {@code ip filter FORWARD}. Those of legacy iptables are not among them.
     */
    public List<String> dropping(Hook.Point point) throws NetlinkException {
        List<String> dropping = new ArrayList<>();
        for (Family family : List.of(Family.IP, Family.INET)) {
            dropping.addAll(
                    connection.dump(
                            "nft list chains " + family,
                            Batch.request(Batch.GETCHAIN, 0, family),
                            reply -> dropping(point, family, reply.attributes(NFGENMSG))));
        }
        return dropping;
    }

    private static @Nullable String dropping(Hook.Point point, Family family, Attributes chain)
            throws MalformedMessageException {
        boolean drops =
                chain.has(NFTA_CHAIN_HOOK)
                        && chain.nested(NFTA_CHAIN_HOOK).be32(1, -1) == point.number()
                        && chain.be32(NFTA_CHAIN_POLICY, -1) == Hook.Policy.DROP.number();
        return drops ? family + " " + chain.requireString(1) + " " + chain.requireString(3) : null;
    }

    @Override
    public void close() {
        connection.close();
    }

    private boolean bears(Table table, byte[] comment) throws NetlinkException {
        return userData(table.family(), table.name())
                .filter(data -> Arrays.equals(comment, data))
                .isPresent();
    }

    /** A table's; empty where there is no such table. */
    private Optional<byte[]> userData(Family family, String name) throws NetlinkException {
        try {
            return Optional.of(
                    connection.get(
                            "nft list table " + family + " " + name,
                            Batch.request(Batch.GETTABLE, 0, family).string(1, name),
                            reply ->
                                    Objects.requireNonNullElse(
                                            reply.attributes(NFGENMSG).bytes(NFTA_TABLE_USERDATA),
                                            new byte[0])));
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Chains and rules name their table in attribute 1 alike. */
    private int count(int get, int reply, Table table) throws NetlinkException {
        List<Boolean> found =
                connection.dump(
                        "nft list table " + table.title(),
                        Batch.request(get, 0, table.family()),
                        message ->
                                Batch.is(message.type(), reply)
                                                && table.name()
                                                        .equals(
                                                                message.attributes(NFGENMSG)
                                                                        .string(1))
                                        ? true
                                        : null);
        return found.size();
    }

    /** How many that set has in the kernel; -1 where it is missing. */
    private int elements(Table table, NamedSet set) throws NetlinkException {
        try {
            return connection
                    .dump(
                            "nft list set " + table.title() + " " + set.name(),
                            Batch.request(Batch.GETSETELEM, 0, table.family())
                                    .string(1, table.name())
                                    .string(2, set.name()),
                            reply -> reply.attributes(NFGENMSG).count(NFTA_SET_ELEM_LIST_ELEMENTS))
                    .stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        } catch (NetlinkException e) {
            if (e.is(Errno.ENOENT)) {
                return -1;
            }
            throw e;
        }
    }

    private static void addChain(Batch batch, Table table, Chain chain) {
        Message message =
                Batch.request(Batch.NEWCHAIN, Message.CREATE, table.family())
                        .string(1, table.name())
                        .string(3, chain.name());
        Hook hook = chain.hook();
        if (hook != null) {
            message.nested(
                            NFTA_CHAIN_HOOK,
                            h -> h.be32(1, hook.point().number()).be32(2, hook.priority()))
                    .be32(NFTA_CHAIN_POLICY, hook.policy().number())
                    .string(7, hook.type().name().toLowerCase(Locale.ROOT));
        }
        batch.add("nft add chain " + table.title() + " " + chain.name(), message);
    }

    /** Deleting needs a table; making one that is there already does nothing. */
    private static void addDeletion(Batch batch, Family family, String name) {
        String title = family + " " + name;
        batch.add("nft add table " + title, request(family, name));
        batch.add(
                "nft delete table " + title,
                Batch.request(Batch.DELTABLE, 0, family).string(1, name));
    }

    private static Message request(Family family, String name) {
        return Batch.request(Batch.NEWTABLE, Message.CREATE, family).string(1, name);
    }
}
