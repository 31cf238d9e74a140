package dev.cnilab.netlink.nft;

import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Message;
import dev.cnilab.netlink.NetlinkException;
import java.util.ArrayList;
import java.util.List;

/** A transaction of nf_tables requests: include/uapi/linux/netfilter/nfnetlink.h. */
final class Batch {

    static final int NEWTABLE = 0;
    static final int GETTABLE = 1;
    static final int DELTABLE = 2;
    static final int NEWCHAIN = 3;
    static final int GETCHAIN = 4;
    static final int NEWRULE = 6;
    static final int GETRULE = 7;
    static final int NEWSET = 9;
    static final int NEWSETELEM = 12;
    static final int GETSETELEM = 13;

    private static final int NFNL_SUBSYS_NFTABLES = 10;
    private static final int NFNL_MSG_BATCH_BEGIN = 16;
    private static final int NFNL_MSG_BATCH_END = 17;

    private final List<Connection.Step> steps = new ArrayList<>();
    private int sets;

    /** Creates an nf_tables request, starting with its {@code struct nfgenmsg}. */
    static Message request(int type, int flags, Family family) {
        return Message.request(NFNL_SUBSYS_NFTABLES << 8 | type, flags)
                .putByte(family.number())
                .putShort(0)
                .putByte(0);
    }

    /** Checks whether a reply is the nf_tables message of that type. */
    static boolean is(int replyType, int type) {
        return replyType == (NFNL_SUBSYS_NFTABLES << 8 | type);
    }

    void add(String operation, Message request) {
        steps.add(new Connection.Step(operation, request));
    }

    /** Returns an ID for a set, by which the rules of this batch refer to it. */
    int nextSetId() {
        sets++;
        return sets;
    }

    void commit(Connection connection) throws NetlinkException {
        connection.batch(boundary(NFNL_MSG_BATCH_BEGIN), steps, boundary(NFNL_MSG_BATCH_END));
    }

    private static Message boundary(int type) {
        // The subsystem goes into nfgenmsg.res_id, which is big-endian.
        return Message.request(type, 0)
                .putByte(0)
                .putByte(0)
                .putByte(0)
                .putByte(NFNL_SUBSYS_NFTABLES);
    }
}
