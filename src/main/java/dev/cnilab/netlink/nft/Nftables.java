package dev.cnilab.netlink.nft;

import static dev.cnilab.netlink.nft.Nfta.*;

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

    private static final int NFGENMSG = 4;

    private final Connection connection;

    private Nftables(Connection connection) {
        this.connection = connection;
    }

    /** Opens a connection in the calling thread's namespace. */
    public static Nftables open() throws IOException {
        return new Nftables(Connection.open(Protocol.NETFILTER));
    }

    public static Nftables open(NetNamespace namespace) throws IOException {
        return new Nftables(Connection.open(namespace, Protocol.NETFILTER));
    }

    /** Replaces the table with that name, or creates it, in one transaction. */
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

    /** Deletes a table if it exists. */
    public void delete(Family family, String name) throws NetlinkException {
        Batch batch = new Batch();
        addDeletion(batch, family, name);
        batch.commit(connection);
    }

    /** Checks whether a table with that name exists, with any content. */
    public boolean exists(Family family, String name) throws NetlinkException {
        return userData(family, name).isPresent();
    }

    /**
     * Checks whether the table exists as {@link #replace} created it: with the content's hash in
     * its comment, and with the same numbers of chains, rules and set elements.
     */
    public boolean has(Table table) throws NetlinkException {
        byte[] comment = Rules.comment(table.fingerprint());
        for (NamedSet set : table.sets()) {
            if (elements(table, set) != set.size()) {
                return false;
            }
        }
        return hasComment(table, comment)
                && count(Batch.GETCHAIN, Batch.NEWCHAIN, NFTA_CHAIN_TABLE, table)
                        == table.chains().size()
                && count(Batch.GETRULE, Batch.NEWRULE, NFTA_RULE_TABLE, table)
                        == table.chains().stream().mapToInt(chain -> chain.rules().size()).sum();
    }

    /**
     * Lists the base chains of any owner whose policy drops IPv4 packets: {@code ip filter
     * FORWARD}. Chains of legacy iptables are not included.
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
                        && chain.nested(NFTA_CHAIN_HOOK).be32(NFTA_HOOK_HOOKNUM, -1)
                                == point.number()
                        && chain.be32(NFTA_CHAIN_POLICY, -1) == Hook.Policy.DROP.number();
        return drops
                ? family
                        + " "
                        + chain.requireString(NFTA_CHAIN_TABLE)
                        + " "
                        + chain.requireString(NFTA_CHAIN_NAME)
                : null;
    }

    @Override
    public void close() {
        connection.close();
    }

    private boolean hasComment(Table table, byte[] comment) throws NetlinkException {
        return userData(table.family(), table.name())
                .filter(data -> Arrays.equals(comment, data))
                .isPresent();
    }

    /** Returns a table's user data; empty when the table does not exist. */
    private Optional<byte[]> userData(Family family, String name) throws NetlinkException {
        try {
            return Optional.of(
                    connection.get(
                            "nft list table " + family + " " + name,
                            Batch.request(Batch.GETTABLE, 0, family).string(NFTA_TABLE_NAME, name),
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

    /**
     * Counts the table's chains or rules.
     *
     * @param tableName attribute of a reply that holds the name of its table
     */
    private int count(int get, int reply, int tableName, Table table) throws NetlinkException {
        List<Boolean> found =
                connection.dump(
                        "nft list table " + table.title(),
                        Batch.request(get, 0, table.family()),
                        message ->
                                Batch.is(message.type(), reply)
                                                && table.name()
                                                        .equals(
                                                                message.attributes(NFGENMSG)
                                                                        .string(tableName))
                                        ? true
                                        : null);
        return found.size();
    }

    /** Returns the number of a set's elements in the kernel; -1 when it does not exist. */
    private int elements(Table table, NamedSet set) throws NetlinkException {
        try {
            return connection
                    .dump(
                            "nft list set " + table.title() + " " + set.name(),
                            Batch.request(Batch.GETSETELEM, 0, table.family())
                                    .string(NFTA_SET_ELEM_LIST_TABLE, table.name())
                                    .string(NFTA_SET_ELEM_LIST_SET, set.name()),
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
                        .string(NFTA_CHAIN_TABLE, table.name())
                        .string(NFTA_CHAIN_NAME, chain.name());
        Hook hook = chain.hook();
        if (hook != null) {
            message.nested(
                            NFTA_CHAIN_HOOK,
                            h ->
                                    h.be32(NFTA_HOOK_HOOKNUM, hook.point().number())
                                            .be32(NFTA_HOOK_PRIORITY, hook.priority()))
                    .be32(NFTA_CHAIN_POLICY, hook.policy().number())
                    .string(NFTA_CHAIN_TYPE, hook.type().name().toLowerCase(Locale.ROOT));
        }
        batch.add("nft add chain " + table.title() + " " + chain.name(), message);
    }

    /** Deletes a table that may not exist: creating it first does nothing when it does. */
    private static void addDeletion(Batch batch, Family family, String name) {
        String title = family + " " + name;
        batch.add("nft add table " + title, request(family, name));
        batch.add(
                "nft delete table " + title,
                Batch.request(Batch.DELTABLE, 0, family).string(NFTA_TABLE_NAME, name));
    }

    private static Message request(Family family, String name) {
        return Batch.request(Batch.NEWTABLE, Message.CREATE, family).string(NFTA_TABLE_NAME, name);
    }
}
