package dev.cnilab.netlink.nft;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An expression of a rule: it matches packets or acts on those that matched so far. */
public sealed interface Expr
        permits Expr.Saddr,
                Expr.Daddr,
                Expr.Ifname,
                Expr.Protocol,
                Expr.Port,
                Expr.DaddrLocal,
                Expr.CtState,
                Expr.CtStatusDnat,
                Expr.Mark,
                Expr.In,
                Expr.SetMark,
                Expr.Masquerade,
                Expr.Snat,
                Expr.Dnat,
                Expr.DnatMap,
                Expr.Redirect,
                Expr.Reject,
                Expr.Vmap,
                RuleVerdict {

    /** {@code ip saddr [!=] PREFIX}. */
    record Saddr(Ipv4Prefix prefix, boolean not) implements Expr {}

    /** {@code ip daddr [!=] PREFIX}. */
    record Daddr(Ipv4Prefix prefix, boolean not) implements Expr {}

    /**
     * {@code iifname|oifname [!=] NAME}.
     *
     * @param field IIFNAME or OIFNAME
     */
    record Ifname(HeaderField field, String name, boolean not) implements Expr {
        public Ifname {
            if (field != HeaderField.IIFNAME && field != HeaderField.OIFNAME) {
                throw new IllegalArgumentException(field + " is not an interface's name");
            }
        }
    }

    /** {@code meta l4proto [!=] PROTOCOL}. */
    record Protocol(L4Proto protocol, boolean not) implements Expr {}

    /**
     * {@code tcp|udp dport|sport NUMBER}.
     *
     * @param field DPORT or SPORT
     * @param number 0 to 65535
     */
    record Port(L4Proto protocol, HeaderField field, int number) implements Expr {
        public Port {
            if (field != HeaderField.DPORT && field != HeaderField.SPORT) {
                throw new IllegalArgumentException(field + " is not a port");
            }
        }
    }

    /** {@code fib daddr type local}: the destination is an address of this machine. */
    record DaddrLocal() implements Expr {}

    /** {@code ct state A,B}: the connection is in one of those states. */
    record CtState(Set<State> states) implements Expr {

        /** include/uapi/linux/netfilter/nf_conntrack_common.h, as bits of nft's ct state. */
        public enum State {
            INVALID(1),
            ESTABLISHED(2),
            RELATED(4),
            NEW(8),
            UNTRACKED(64);

            private final int bit;

            State(int bit) {
                this.bit = bit;
            }
        }

        public CtState {
            states = EnumSet.copyOf(states);
        }

        int bits() {
            return states.stream().mapToInt(state -> state.bit).sum();
        }
    }

    /** {@code ct status dnat}: the destination was translated. */
    record CtStatusDnat() implements Expr {}

    /** {@code meta mark and MASK [!=] VALUE}. */
    record Mark(int value, int mask, boolean not) implements Expr {}

    /** {@code FIELD . FIELD [!=] @SET}. */
    record In(List<HeaderField> key, String set, boolean not) implements Expr {
        public In {
            key = List.copyOf(key);
        }
    }

    /** {@code meta mark set mark or BITS}. */
    record SetMark(int bits) implements Expr {}

    /** {@code masquerade [fully-random]}: translates the source to the outgoing link's address. */
    record Masquerade(boolean fullyRandom) implements Expr {}

    /** {@code snat to ADDRESS}. */
    record Snat(Ipv4Address address) implements Expr {}

    /**
     * {@code dnat to ADDRESS:PORT}; with several endpoints, a random one for each connection.
     *
     * @param endpoints not empty; of several each has a port
     */
    record Dnat(List<NatTarget> endpoints) implements Expr {
        public Dnat {
            endpoints = List.copyOf(endpoints);
            boolean portless = endpoints.stream().anyMatch(endpoint -> endpoint.port() == 0);
            if (endpoints.isEmpty() || endpoints.size() > 1 && portless) {
                throw new IllegalArgumentException("dnat to " + endpoints);
            }
        }
    }

    /**
     * {@code dnat to FIELD . FIELD map @MAP}; a packet without an entry continues with the next
     * rule.
     */
    record DnatMap(List<HeaderField> key, String map) implements Expr {
        public DnatMap {
            key = List.copyOf(key);
        }
    }

    /**
     * {@code redirect to :PORT}: translates the destination to this machine.
     *
     * @param port 1 to 65535
     */
    record Redirect(int port) implements Expr {}

    /** {@code reject}: drops the packet and answers with ICMP port unreachable. */
    record Reject() implements Expr {}

    /** {@code FIELD . FIELD vmap @MAP}; a packet without an entry continues with the next rule. */
    record Vmap(List<HeaderField> key, String map) implements Expr {
        public Vmap {
            key = List.copyOf(key);
        }
    }

    static Expr saddr(Ipv4Prefix prefix) {
        return new Saddr(prefix, false);
    }

    static Expr notSaddr(Ipv4Prefix prefix) {
        return new Saddr(prefix, true);
    }

    static Expr daddr(Ipv4Prefix prefix) {
        return new Daddr(prefix, false);
    }

    static Expr notDaddr(Ipv4Prefix prefix) {
        return new Daddr(prefix, true);
    }

    static Expr iifname(String name) {
        return new Ifname(HeaderField.IIFNAME, name, false);
    }

    static Expr oifname(String name) {
        return new Ifname(HeaderField.OIFNAME, name, false);
    }

    static Expr dport(L4Proto protocol, int number) {
        return new Port(protocol, HeaderField.DPORT, number);
    }

    static Expr dnat(Ipv4Address address, int port) {
        return new Dnat(List.of(new NatTarget(address, port)));
    }
}
