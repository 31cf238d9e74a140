package dev.cnilab.netlink.nft;

import static dev.cnilab.netlink.nft.Nfta.*;

import dev.cnilab.netlink.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Encodes a rule's expressions for nf_tables' virtual machine:
 * include/uapi/linux/netfilter/nf_tables.h. Its registers share memory: register 1 is the first 16
 * bytes, register 8 + n the n-th 4 bytes.
 */
final class Code {

    /** NFT_REG_VERDICT, NFT_REG_1. */
    static final int VERDICT = 0;

    static final int FIRST = 1;

    /** NFT_CMP_EQ, NFT_CMP_NEQ. */
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

    /** Verdicts: include/uapi/linux/netfilter.h and enum nft_verdicts. */
    private static final int NF_DROP = 0;

    private static final int NF_ACCEPT = 1;
    private static final int NFT_JUMP = -3;
    private static final int NFT_GOTO = -4;
    private static final int NFT_RETURN = -5;

    private static final int NFT_FIB_RESULT_ADDRTYPE = 3;
    private static final int NFTA_FIB_F_DADDR = 1 << 1;
    private static final int NFT_LOOKUP_F_INV = 1;
    private static final int NFT_NG_RANDOM = 1;
    private static final int NFT_REJECT_ICMP_UNREACH = 0;

    /** include/uapi/linux/icmp.h. */
    private static final byte ICMP_PORT_UNREACH = 3;

    private final Message rule;

    Code(Message rule) {
        this.rule = rule;
    }

    /** Returns the register that starts {@code bytes} after the first one's start. */
    static int register(int bytes) {
        return bytes == 0 ? FIRST : 8 + bytes / 4;
    }

    static byte[] host(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    void payload(int base, int offset, int length, int register) {
        expr(
                "payload",
                e ->
                        e.be32(NFTA_PAYLOAD_DREG, register)
                                .be32(NFTA_PAYLOAD_BASE, base)
                                .be32(NFTA_PAYLOAD_OFFSET, offset)
                                .be32(NFTA_PAYLOAD_LEN, length));
    }

    void meta(int key, int register) {
        expr("meta", e -> e.be32(NFTA_META_KEY, key).be32(NFTA_META_DREG, register));
    }

    void setMark() {
        expr("meta", e -> e.be32(NFTA_META_KEY, MARK).be32(NFTA_META_SREG, FIRST));
    }

    void ct(int key) {
        expr("ct", e -> e.be32(NFTA_CT_DREG, FIRST).be32(NFTA_CT_KEY, key));
    }

    /** Loads the address type of the destination. */
    void fibDaddrType() {
        expr(
                "fib",
                e ->
                        e.be32(NFTA_FIB_DREG, FIRST)
                                .be32(NFTA_FIB_RESULT, NFT_FIB_RESULT_ADDRTYPE)
                                .be32(NFTA_FIB_FLAGS, NFTA_FIB_F_DADDR));
    }

    /** Sets the register to (register and mask) xor {@code xor}. */
    void bitwise(byte[] mask, byte[] xor) {
        expr(
                "bitwise",
                e ->
                        e.be32(NFTA_BITWISE_SREG, FIRST)
                                .be32(NFTA_BITWISE_DREG, FIRST)
                                .be32(NFTA_BITWISE_LEN, mask.length)
                                .nested(NFTA_BITWISE_MASK, d -> d.bytes(NFTA_DATA_VALUE, mask))
                                .nested(NFTA_BITWISE_XOR, d -> d.bytes(NFTA_DATA_VALUE, xor)));
    }

    void cmp(int operator, byte[] value) {
        expr(
                "cmp",
                e ->
                        e.be32(NFTA_CMP_SREG, FIRST)
                                .be32(NFTA_CMP_OP, operator)
                                .nested(NFTA_CMP_DATA, d -> d.bytes(NFTA_DATA_VALUE, value)));
    }

    void immediate(int register, byte[] value) {
        expr(
                "immediate",
                e ->
                        e.be32(NFTA_IMMEDIATE_DREG, register)
                                .nested(NFTA_IMMEDIATE_DATA, d -> d.bytes(NFTA_DATA_VALUE, value)));
    }

    void verdict(RuleVerdict verdict) {
        expr(
                "immediate",
                e ->
                        e.be32(NFTA_IMMEDIATE_DREG, VERDICT)
                                .nested(NFTA_IMMEDIATE_DATA, d -> putVerdict(d, verdict)));
    }

    /** Loads a random number from 0 to {@code modulus} - 1. */
    void random(int modulus) {
        expr(
                "numgen",
                e ->
                        e.be32(NFTA_NG_DREG, FIRST)
                                .be32(NFTA_NG_MODULUS, modulus)
                                .be32(NFTA_NG_TYPE, NFT_NG_RANDOM)
                                .be32(NFTA_NG_OFFSET, 0));
    }

    /** Matches when the set contains the key, or does not. */
    void lookup(String set, int id, boolean not) {
        expr(
                "lookup",
                e -> putLookup(e, set, id).be32(NFTA_LOOKUP_FLAGS, not ? NFT_LOOKUP_F_INV : 0));
    }

    /**
     * Loads the map's value for the key into the register; without an entry the rule does not
     * match.
     */
    void map(String set, int id, int register) {
        expr("lookup", e -> putLookup(e, set, id).be32(NFTA_LOOKUP_DREG, register));
    }

    void masquerade(int flags) {
        expr("masq", e -> putFlags(e, NFTA_MASQ_FLAGS, flags));
    }

    /**
     * Translates the source or the destination address to that in the first register.
     *
     * @param type 0 for the source, 1 for the destination
     * @param port the register of the port; 0 for none
     */
    void nat(int type, int port) {
        expr(
                "nat",
                e -> {
                    e.be32(NFTA_NAT_TYPE, type)
                            .be32(NFTA_NAT_FAMILY, Family.IP.number())
                            .be32(NFTA_NAT_REG_ADDR_MIN, FIRST);
                    if (port != 0) {
                        e.be32(NFTA_NAT_REG_PROTO_MIN, port);
                    }
                });
    }

    /** Redirects to the port in the first register. */
    void redirect() {
        expr("redir", e -> e.be32(NFTA_REDIR_REG_PROTO_MIN, FIRST));
    }

    /** Rejects the packet with ICMP port unreachable. */
    void reject() {
        expr(
                "reject",
                e ->
                        e.be32(NFTA_REJECT_TYPE, NFT_REJECT_ICMP_UNREACH)
                                .bytes(NFTA_REJECT_ICMP_CODE, new byte[] {ICMP_PORT_UNREACH}));
    }

    static void putVerdict(Message data, RuleVerdict verdict) {
        data.nested(
                NFTA_DATA_VERDICT,
                v -> {
                    switch (verdict) {
                        case RuleVerdict.Drop _ -> v.be32(NFTA_VERDICT_CODE, NF_DROP);
                        case RuleVerdict.Accept _ -> v.be32(NFTA_VERDICT_CODE, NF_ACCEPT);
                        case RuleVerdict.Jump jump ->
                                v.be32(NFTA_VERDICT_CODE, NFT_JUMP)
                                        .string(NFTA_VERDICT_CHAIN, jump.chain());
                        case RuleVerdict.Goto to ->
                                v.be32(NFTA_VERDICT_CODE, NFT_GOTO)
                                        .string(NFTA_VERDICT_CHAIN, to.chain());
                        case RuleVerdict.Return _ -> v.be32(NFTA_VERDICT_CODE, NFT_RETURN);
                    }
                });
    }

    private static Message putLookup(Message expr, String set, int id) {
        return expr.string(NFTA_LOOKUP_SET, set)
                .be32(NFTA_LOOKUP_SREG, FIRST)
                .be32(NFTA_LOOKUP_SET_ID, id);
    }

    private static void putFlags(Message expr, int attribute, int flags) {
        if (flags != 0) {
            expr.be32(attribute, flags);
        }
    }

    private void expr(String name, Consumer<Message> data) {
        rule.nested(
                NFTA_LIST_ELEM, e -> e.string(NFTA_EXPR_NAME, name).nested(NFTA_EXPR_DATA, data));
    }
}
