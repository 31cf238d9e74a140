package dev.cnilab.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code tc qdisc}: limits a link's sending rate. Encoding: {@code struct tcmsg},
 * include/uapi/linux/rtnetlink.h; {@code struct tc_tbf_qopt}, pkt_sched.h.
 */
public final class Qdiscs {

    // include/uapi/linux/rtnetlink.h, pkt_sched.h
    private static final int RTM_NEWQDISC = 36;
    private static final int TC_H_ROOT = -1;
    private static final int TCA_KIND = 1;
    private static final int TCA_OPTIONS = 2;
    private static final int TCA_TBF_PARMS = 1;
    private static final int TCA_TBF_RATE64 = 4;
    private static final int TCA_TBF_BURST = 6;
    private static final int TC_LINKLAYER_ETHERNET = 1;
    private static final int SIZEOF_TC_RATESPEC = 12;
    private static final long MAX_U32 = 0xffff_ffffL;

    /** The longest queueing delay; packets that would exceed it are dropped. */
    private static final double LATENCY_SECONDS = 0.025;

    /** The kernel's unit of packet scheduling, 64 ns (PSCHED_SHIFT). */
    private static final double TICKS_PER_SECOND = 1e9 / 64;

    private final Connection connection;

    public Qdiscs(Connection connection) {
        this.connection = connection;
    }

    /**
     * {@code tc qdisc add dev DEV root tbf rate RATE burst BURST latency 25ms}.
     *
     * @param rate bytes a second, positive
     * @param burst bytes, less than 2^32
     * @throws NetlinkException EEXIST when the link has a root qdisc; ENOENT when the kernel lacks
     *     tbf
     */
    public void addTbf(int index, long rate, long burst) throws NetlinkException {
        long limit = Math.min(MAX_U32, Math.round(rate * LATENCY_SECONDS) + burst);
        long ticks = Math.min(MAX_U32, Math.round(burst * TICKS_PER_SECOND / rate));
        byte[] parameters =
                nativeBuffer(3 * SIZEOF_TC_RATESPEC)
                        .put(1, (byte) TC_LINKLAYER_ETHERNET)
                        .putInt(8, (int) Math.min(rate, MAX_U32))
                        .putInt(2 * SIZEOF_TC_RATESPEC, (int) limit)
                        .putInt(2 * SIZEOF_TC_RATESPEC + 4, (int) ticks)
                        .array();
        Message message =
                Message.request(RTM_NEWQDISC, Message.CREATE | Message.EXCL)
                        .putInt(0)
                        .putInt(index)
                        .putInt(0)
                        .putInt(TC_H_ROOT)
                        .putInt(0)
                        .string(TCA_KIND, "tbf")
                        .nested(
                                TCA_OPTIONS,
                                options ->
                                        options.bytes(TCA_TBF_PARMS, parameters)
                                                .bytes(
                                                        TCA_TBF_RATE64,
                                                        nativeBuffer(8).putLong(rate).array())
                                                .u32(TCA_TBF_BURST, (int) burst));
        connection.execute("tc qdisc add dev #" + index + " root tbf rate " + rate, message);
    }

    private static ByteBuffer nativeBuffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
