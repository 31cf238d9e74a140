package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What stands before an address or a port, in pcap-filter(7)'s words.
 *
 * @param protocol {@code ether}, {@code ip}, {@code ip6}, {@code arp}, {@code tcp}, {@code udp}; ""
 *     for any
 */
record FilterQualifiers(String protocol, Side side, Type type) {

    static final FilterQualifiers NONE = new FilterQualifiers("", Side.EITHER, Type.HOST);

    /** What the word names. */
    enum Type {
        HOST("host"),
        NET("net"),
        PORT("port"),
        PORT_RANGE("portrange");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /**
         * Checks whether it may stand behind a protocol.
         *
         * @param protocol "" for none
         */
        boolean follows(String protocol) {
            return switch (this) {
                case HOST -> Set.of("", "ether", "ip", "ip6", "arp").contains(protocol);
                case NET -> Set.of("", "ip", "ip6", "arp").contains(protocol);
                case PORT, PORT_RANGE -> Set.of("", "tcp", "udp").contains(protocol);
            };
        }
    }

    /** Which end of a packet an address or a port belongs to. */
    enum Side {
        SOURCE,
        DESTINATION,
        EITHER,
        BOTH;

        <T> boolean matches(Predicate<T> condition, T source, T destination) {
            return switch (this) {
                case SOURCE -> condition.test(source);
                case DESTINATION -> condition.test(destination);
                case EITHER -> condition.test(source) || condition.test(destination);
                case BOTH -> condition.test(source) && condition.test(destination);
            };
        }
    }

    FilterTerm ipv4(Ipv4Prefix prefix) {
        return new FilterTerm.Has(header ->
                switch (header) {
                    case Header.Ipv4 h when any("ip") -> in(prefix, h.source(), h.destination());
                    case Header.Arp h when any("arp") -> in(prefix, h.senderIp(), h.targetIp());
                    default -> false;
                });
    }

    private boolean in(Ipv4Prefix prefix, Ipv4Address source, Ipv4Address destination) {
        return side.matches(prefix::contains, source, destination);
    }

    FilterTerm ipv6(Ipv6Prefix prefix) {
        return new FilterTerm.Has(header ->
                header instanceof Header.Ipv6 h
                        && side.matches(prefix::overlaps, h.source(), h.destination()));
    }

    FilterTerm mac(MacAddress mac) {
        return new FilterTerm.Has(header ->
                header instanceof Header.Ethernet h
                        && side.matches(mac::equals, h.source(), h.destination()));
    }

    FilterTerm ports(int from, int to) {
        Predicate<Integer> inRange = port -> from <= port && port <= to;
        return new FilterTerm.Has(header ->
                switch (header) {
                    case Header.Tcp h when any("tcp") ->
                            side.matches(inRange, h.sourcePort(), h.destinationPort());
                    case Header.Udp h when any("udp") ->
                            side.matches(inRange, h.sourcePort(), h.destinationPort());
                    default -> false;
                });
    }

    private boolean any(String asked) {
        return protocol.isEmpty() || protocol.equals(asked);
    }
}
