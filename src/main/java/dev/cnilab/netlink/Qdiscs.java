package dev.cnilab.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code tc qdisc} and {@code tc filter}: limits a link's rate. Encoding: {@code struct tcmsg},
 * include/uapi/linux/rtnetlink.h; {@code tc_tbf_qopt} and {@code tc_police}, pkt_sched.h and
 * pkt_cls.h.
 */
public final class Qdiscs {

    private static final int NEWQDISC = 36;
    private static final int NEWTFILTER = 44;

    private static final int TCA_KIND = 1;
    private static final int TCA_OPTIONS = 2;

    private static final int TC_H_ROOT = -1;
    private static final int TC_H_INGRESS = -15;

    private static final int TCA_TBF_PARMS = 1;
    private static final int TCA_TBF_RATE64 = 4;
    private static final int TCA_TBF_BURST = 6;

    private static final int TCA_MATCHALL_ACT = 2;
    private static final int TCA_ACT_KIND = 1;
    private static final int TCA_ACT_OPTIONS = 2;
    private static final int TCA_POLICE_TBF = 1;
    private static final int TCA_POLICE_RATE = 2;
    private static final int TCA_POLICE_RATE64 = 8;
    private static final int TC_ACT_SHOT = 2;

    private static final int ETH_P_ALL = 0x0003;
    private static final int ETHERNET_LINK_LAYER = 1;

    /** A rate table's cell is 2^8 bytes: its last one then serves packets of 64 KiB. */
    private static final int CELL_LOG = 8;

    /** A packet waits at most this long for its turn, then it is dropped. */
    private static final double LATENCY_SECONDS = 0.025;

    /** Time in the kernel's tables is in ticks of 64 ns (PSCHED_SHIFT 6). */
    private static final double TICKS_PER_SECOND = 1e9 / 64;

    private final Connection connection;

    public Qdiscs(Connection connection) {
        this.connection = connection;
    }

    /**
     * {@code tc qdisc add dev DEV root tbf rate RATE burst BURST latency 25ms}: delays what the
     * link sends.
     *
     * @param rate bytes a second
     * @param burst bytes, less than 2^32
     */
    public void addTbf(int index, long rate, long burst) throws NetlinkException {
        long limit = Math.min(0xffff_ffffL, Math.round(rate * LATENCY_SECONDS) + burst);
        ByteBuffer parameters = nativeBuffer(36);
        putRate(parameters, rate).put(new byte[12]);
        parameters.putInt((int) limit).putInt(ticks(rate, burst)).putInt(0);
        Message message =
                qdisc(index, 1 << 16, TC_H_ROOT)
                        .string(TCA_KIND, "tbf")
                        .nested(
                                TCA_OPTIONS,
                                options -> {
                                    options.bytes(TCA_TBF_PARMS, parameters.array())
                                            .u32(TCA_TBF_BURST, (int) burst);
                                    if (rate > 0xffff_ffffL) {
                                        options.bytes(TCA_TBF_RATE64, u64(rate));
                                    }
                                });
        connection.execute("tc qdisc add dev #" + index + " root tbf rate " + rate, message);
    }

    /**
     * {@code tc qdisc add dev DEV ingress} with {@code tc filter add … matchall action police}:
     * drops what the link receives above the rate.
     *
     * @param rate bytes a second
     * @param burst bytes, less than 2^32
     */
    public void addIngressPolice(int index, long rate, long burst) throws NetlinkException {
        connection.execute(
                "tc qdisc add dev #" + index + " ingress",
                qdisc(index, 0xffff << 16, TC_H_INGRESS).string(TCA_KIND, "ingress"));
        ByteBuffer police = nativeBuffer(56);
        police.putInt(0).putInt(TC_ACT_SHOT).putInt(0).putInt(ticks(rate, burst)).putInt(0);
        putRate(police, rate);
        Message message =
                Message.request(NEWTFILTER, Message.CREATE | Message.EXCL)
                        .putInt(0)
                        .putInt(index)
                        .putInt(0)
                        .putInt(0xffff << 16)
                        .putInt(1 << 16 | bigEndian16(ETH_P_ALL))
                        .string(TCA_KIND, "matchall")
                        .nested(
                                TCA_OPTIONS,
                                options ->
                                        options.nested(
                                                TCA_MATCHALL_ACT,
                                                actions ->
                                                        actions.nested(
                                                                1,
                                                                action ->
                                                                        putPolice(
                                                                                action, police,
                                                                                rate))));
        connection.execute("tc filter add dev #" + index + " ingress police rate " + rate, message);
    }

    private static void putPolice(Message action, ByteBuffer police, long rate) {
        action.string(TCA_ACT_KIND, "police")
                .nested(
                        TCA_ACT_OPTIONS,
                        options -> {
                            options.bytes(TCA_POLICE_TBF, police.array())
                                    .bytes(TCA_POLICE_RATE, rateTable(rate));
                            if (rate > 0xffff_ffffL) {
                                options.bytes(TCA_POLICE_RATE64, u64(rate));
                            }
                        });
    }

    private static Message qdisc(int index, int handle, int parent) {
        return Message.request(NEWQDISC, Message.CREATE | Message.EXCL)
                .putInt(0)
                .putInt(index)
                .putInt(handle)
                .putInt(parent)
                .putInt(0);
    }

    /** {@code struct tc_ratespec}; the linklayer is said, or the kernel guesses from the table. */
    private static ByteBuffer putRate(ByteBuffer buffer, long rate) {
        return buffer.put((byte) CELL_LOG)
                .put((byte) ETHERNET_LINK_LAYER)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt((int) Math.min(rate, 0xffff_ffffL));
    }

    /** The kernel insists on a table of transmission times and no longer reads it. */
    private static byte[] rateTable(long rate) {
        ByteBuffer table = nativeBuffer(1024);
        for (long cell = 1; cell <= 256; cell++) {
            table.putInt(ticks(rate, cell << CELL_LOG));
        }
        return table.array();
    }

    private static int ticks(long rate, long bytes) {
        return (int) Math.min(0xffff_ffffL, Math.round(bytes * TICKS_PER_SECOND / rate));
    }

    private static byte[] u64(long value) {
        return nativeBuffer(8).putLong(value).array();
    }

    private static int bigEndian16(int value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? value
                : Short.toUnsignedInt(Short.reverseBytes((short) value));
    }

    private static ByteBuffer nativeBuffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
