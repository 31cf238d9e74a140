package dev.cnilab.netlink.nft;

import static dev.cnilab.netlink.nft.Nfta.*;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Encodes rules as nft does, so that {@code nft list} prints them readably. */
final class Rules {

    /** NF_NAT_RANGE_PROTO_RANDOM_FULLY, include/uapi/linux/netfilter/nf_nat.h. */
    private static final int RANDOM_FULLY = 1 << 4;

    /** IPS_DST_NAT, include/uapi/linux/netfilter/nf_conntrack_common.h. */
    private static final int STATUS_DNAT = 1 << 5;

    /** RTN_LOCAL, include/uapi/linux/rtnetlink.h. */
    private static final int LOCAL = 2;

    /** NFT_NAT_SNAT, NFT_NAT_DNAT, include/uapi/linux/netfilter/nf_tables.h. */
    private static final int SNAT = 0;

    private static final int DNAT = 1;

    /** Offsets of fields in IPv4 (RFC 791), TCP and UDP headers, in bytes. */
    private static final int IPV4_SOURCE = 12;

    private static final int IPV4_DESTINATION = 16;
    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int COMMENT_MAX = 127;

    private final Batch batch;
    private final Table table;
    private final Sets sets;

    Rules(Batch batch, Table table, Sets sets) {
        this.batch = batch;
        this.table = table;
        this.sets = sets;
    }

    void add(Chain chain, Rule rule) {
        Message message =
                Batch.request(Batch.NEWRULE, Message.CREATE | Message.APPEND, table.family())
                        .string(NFTA_RULE_TABLE, table.name())
                        .string(NFTA_RULE_CHAIN, chain.name())
                        .nested(
                                NFTA_RULE_EXPRESSIONS,
                                list -> rule.exprs().forEach(expr -> put(new Code(list), expr)));
        if (!rule.comment().isEmpty()) {
            message.bytes(NFTA_RULE_USERDATA, comment(rule.comment()));
        }
        batch.add("nft add rule " + table.title() + " " + chain.name() + " " + rule, message);
    }

    /**
     * Encodes a comment of a rule or table, NFTNL_UDATA_*_COMMENT: type 0, length, text, zero byte.
     */
    static byte[] comment(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > COMMENT_MAX) {
            throw new IllegalArgumentException("a comment of " + utf8.length + " bytes: " + text);
        }
        byte[] comment = new byte[utf8.length + 3];
        comment[1] = (byte) (utf8.length + 1);
        System.arraycopy(utf8, 0, comment, 2, utf8.length);
        return comment;
    }

    private void put(Code code, Expr expr) {
        switch (expr) {
            case Expr.Saddr match -> prefix(code, HeaderField.SADDR, match.prefix(), match.not());
            case Expr.Daddr match -> prefix(code, HeaderField.DADDR, match.prefix(), match.not());
            case Expr.Ifname match -> {
                load(code, match.field(), Code.FIRST);
                code.cmp(operator(match.not()), new Value.Ifname(match.name()).bytes());
            }
            case Expr.Protocol match -> protocol(code, match.protocol(), match.not());
            case Expr.Port match -> {
                protocol(code, match.protocol(), false);
                load(code, match.field(), Code.FIRST);
                code.cmp(Code.EQ, new Value.Port(match.number()).bytes());
            }
            case Expr.DaddrLocal _ -> {
                code.fibDaddrType();
                code.cmp(Code.EQ, Code.host(LOCAL));
            }
            case Expr.CtState match -> {
                code.ct(Code.CT_STATE);
                anyBit(code, match.bits());
            }
            case Expr.CtStatusDnat _ -> {
                code.ct(Code.CT_STATUS);
                anyBit(code, STATUS_DNAT);
            }
            case Expr.Mark match -> {
                code.meta(Code.MARK, Code.FIRST);
                if (match.mask() != -1) {
                    code.bitwise(Code.host(match.mask()), Code.host(0));
                }
                code.cmp(operator(match.not()), Code.host(match.value()));
            }
            case Expr.In match -> {
                load(code, match.key());
                Sets.Ref set = sets.get(match.set());
                code.lookup(set.name(), set.id(), match.not());
            }
            case Expr.Vmap match -> {
                load(code, match.key());
                Sets.Ref map = sets.get(match.map());
                code.map(map.name(), map.id(), Code.VERDICT);
            }
            case Expr.DnatMap match -> {
                load(code, match.key());
                dnat(code, sets.get(match.map()));
            }
            case Expr.SetMark set -> {
                code.meta(Code.MARK, Code.FIRST);
                code.bitwise(Code.host(~set.bits()), Code.host(set.bits()));
                code.setMark();
            }
            case Expr.Masquerade masquerade ->
                    code.masquerade(masquerade.fullyRandom() ? RANDOM_FULLY : 0);
            case Expr.Snat snat -> {
                code.immediate(Code.FIRST, snat.address().toBytes());
                code.nat(SNAT, 0);
            }
            case Expr.Dnat dnat -> dnat(code, dnat.endpoints());
            case Expr.Redirect redirect -> {
                code.immediate(Code.FIRST, new Value.Port(redirect.port()).bytes());
                code.redirect();
            }
            case Expr.Reject _ -> code.reject();
            case RuleVerdict verdict -> code.verdict(verdict);
        }
    }

    private void dnat(Code code, List<NatTarget> endpoints) {
        if (endpoints.size() > 1) {
            Sets.Ref map = sets.numbered(endpoints);
            code.random(endpoints.size());
            dnat(code, map);
            return;
        }
        NatTarget endpoint = endpoints.getFirst();
        code.immediate(Code.FIRST, endpoint.address().toBytes());
        if (endpoint.port() == 0) {
            code.nat(DNAT, 0);
        } else {
            int port = Code.register(HeaderField.DADDR.length());
            code.immediate(port, new Value.Port(endpoint.port()).bytes());
            code.nat(DNAT, port);
        }
    }

    private static void dnat(Code code, Sets.Ref map) {
        code.map(map.name(), map.id(), Code.FIRST);
        code.nat(DNAT, Code.register(HeaderField.DADDR.length()));
    }

    private void prefix(Code code, HeaderField field, Ipv4Prefix prefix, boolean not) {
        load(code, List.of(field));
        if (prefix.length() < 32) {
            code.bitwise(prefix.netmask().toBytes(), Ipv4Address.ANY.toBytes());
        }
        code.cmp(operator(not), prefix.network().address().toBytes());
    }

    private static void protocol(Code code, L4Proto protocol, boolean not) {
        code.meta(Code.L4PROTO, Code.FIRST);
        code.cmp(operator(not), new Value.Proto(protocol).bytes());
    }

    private static void anyBit(Code code, int bits) {
        code.bitwise(Code.host(bits), Code.host(0));
        code.cmp(Code.NEQ, Code.host(0));
    }

    private void load(Code code, List<HeaderField> key) {
        if (key.contains(HeaderField.SADDR) || key.contains(HeaderField.DADDR)) {
            ipv4Only(code);
        }
        int offset = 0;
        for (HeaderField field : key) {
            load(code, field, Code.register(offset));
            offset += field.length() + 3 & ~3;
        }
    }

    private static void load(Code code, HeaderField field, int register) {
        switch (field) {
            case SADDR -> code.payload(Code.NETWORK, IPV4_SOURCE, field.length(), register);
            case DADDR -> code.payload(Code.NETWORK, IPV4_DESTINATION, field.length(), register);
            case L4PROTO -> code.meta(Code.L4PROTO, register);
            case SPORT -> code.payload(Code.TRANSPORT, SOURCE_PORT, field.length(), register);
            case DPORT -> code.payload(Code.TRANSPORT, DESTINATION_PORT, field.length(), register);
            case IIFNAME -> code.meta(Code.IIFNAME, register);
            case OIFNAME -> code.meta(Code.OIFNAME, register);
        }
    }

    /**
     * Restricts the rule to IPv4 in a table that also sees IPv6 packets, whose addresses are
     * elsewhere.
     */
    private void ipv4Only(Code code) {
        if (table.family() == Family.INET) {
            code.meta(Code.NFPROTO, Code.FIRST);
            code.cmp(Code.EQ, new byte[] {(byte) Family.IP.number()});
        }
    }

    private static int operator(boolean not) {
        return not ? Code.NEQ : Code.EQ;
    }
}
