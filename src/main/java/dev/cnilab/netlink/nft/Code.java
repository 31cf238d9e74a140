package dev.cnilab.netlink.nft;

import dev.cnilab.netlink.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * The kernel's own expressions, written into a rule: include/uapi/linux/netfilter/nf_tables.h. They
 * work on registers; number 1 is the first of 16 bytes, 8 + n the n-th of 4 bytes in the same room.
 */
final class Code {

    static final int VERDICT = 0;
    static final int FIRST = 1;

    static final int EQ = 0;
    static final int NEQ = 1;

    /** NFT_PAYLOAD_*. */
    static final int NETWORK = 1;

    static final int TRANSPORT = 2;

    /** NFT_META_*. */
    static final int MARK = 3;

    static final int IIFNAME = 6;
    static final int OIFNAME = 7;
    static final int NFPROTO = 15;
    static final int L4PROTO = 16;

    /** NFT_CT_*. */
    static final int CT_STATE = 0;

    static final int CT_STATUS = 2;

    static final int DATA_VALUE = 1;
    static final int DATA_VERDICT = 2;

    private static final int LIST_ELEM = 1;

    private final Message rule;

    Code(Message rule) {
        this.rule = rule;
    }

    /** The register that holds what lies {@code bytes} after the start of the first. */
    static int register(int bytes) {
        return bytes == 0 ? FIRST : 8 + bytes / 4;
    }

    static byte[] host(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    void payload(int base, int offset, int length, int register) {
        expr("payload", e -> e.be32(1, register).be32(2, base).be32(3, offset).be32(4, length));
    }

    void meta(int key, int register) {
        expr("meta", e -> e.be32(2, key).be32(1, register));
    }

    void setMark() {
        expr("meta", e -> e.be32(2, MARK).be32(3, FIRST));
    }

    void ct(int key) {
        expr("ct", e -> e.be32(1, FIRST).be32(2, key));
    }

    /** NFT_FIB_RESULT_ADDRTYPE of the destination (NFTA_FIB_F_DADDR). */
    void fibDaddrType() {
        expr("fib", e -> e.be32(1, FIRST).be32(2, 3).be32(3, 2));
    }

    /** The register becomes (register and mask) xor {@code xor}. */
    void bitwise(byte[] mask, byte[] xor) {
        expr(
                "bitwise",
                e ->
                        e.be32(1, FIRST)
                                .be32(2, FIRST)
                                .be32(3, mask.length)
                                .nested(4, d -> d.bytes(DATA_VALUE, mask))
                                .nested(5, d -> d.bytes(DATA_VALUE, xor)));
    }

    void cmp(int operator, byte[] value) {
        expr(
                "cmp",
                e -> e.be32(1, FIRST).be32(2, operator).nested(3, d -> d.bytes(DATA_VALUE, value)));
    }

    void immediate(int register, byte[] value) {
        expr("immediate", e -> e.be32(1, register).nested(2, d -> d.bytes(DATA_VALUE, value)));
    }

    void verdict(RuleVerdict verdict) {
        expr("immediate", e -> e.be32(1, VERDICT).nested(2, d -> putVerdict(d, verdict)));
    }

    /** NFT_NG_RANDOM: 0 to {@code modulus} - 1. */
    void random(int modulus) {
        expr("numgen", e -> e.be32(1, FIRST).be32(2, modulus).be32(3, 1).be32(4, 0));
    }

    /** Matches where the set has the key, or lacks it. */
    void lookup(String set, int id, boolean not) {
        expr("lookup", e -> putLookup(e, set, id).be32(5, not ? 1 : 0));
    }

    /** Puts what the map has for the key into the register, or ends the rule. */
    void map(String set, int id, int register) {
        expr("lookup", e -> putLookup(e, set, id).be32(3, register));
    }

    void masquerade(int flags) {
        expr("masq", e -> putFlags(e, 1, flags));
    }

    /**
     * @param type 0 for the source, 1 for the destination
     * @param port the register of the port; 0 for none
     */
    void nat(int type, int port) {
        expr(
                "nat",
                e -> {
                    e.be32(1, type).be32(2, Family.IP.number()).be32(3, FIRST);
                    if (port != 0) {
                        e.be32(5, port);
                    }
                });
    }

    /** To the port in the first register. */
    void redirect() {
        expr("redir", e -> e.be32(1, FIRST));
    }

    /** NFT_REJECT_ICMP_UNREACH with ICMP_PORT_UNREACH (include/uapi/linux/icmp.h). */
    void reject() {
        expr("reject", e -> e.be32(1, 0).bytes(2, new byte[] {3}));
    }

    static void putVerdict(Message data, RuleVerdict verdict) {
        data.nested(
                DATA_VERDICT,
                v -> {
                    switch (verdict) {
                        case RuleVerdict.Drop _ -> v.be32(1, 0);
                        case RuleVerdict.Accept _ -> v.be32(1, 1);
                        case RuleVerdict.Jump jump -> v.be32(1, -3).string(2, jump.chain());
                        case RuleVerdict.Goto to -> v.be32(1, -4).string(2, to.chain());
                        case RuleVerdict.Return _ -> v.be32(1, -5);
                    }
                });
    }

    private static Message putLookup(Message expr, String set, int id) {
        return expr.string(1, set).be32(2, FIRST).be32(4, id);
    }

    private static void putFlags(Message expr, int attribute, int flags) {
        if (flags != 0) {
            expr.be32(attribute, flags);
        }
    }

    private void expr(String name, Consumer<Message> data) {
        rule.nested(LIST_ELEM, e -> e.string(1, name).nested(2, data));
    }
}
