package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.function.Predicate;

/** A part of a filter expression. All but {@link Inner} look at the headers outside of a tunnel. */
sealed interface FilterTerm {

    boolean matches(Packet packet);

    /** The empty filter. */
    record Everything() implements FilterTerm {
        @Override
        public boolean matches(Packet packet) {
            return true;
        }
    }

    record And(FilterTerm left, FilterTerm right) implements FilterTerm {
        @Override
        public boolean matches(Packet packet) {
            return left.matches(packet) && right.matches(packet);
        }
    }

    record Or(FilterTerm left, FilterTerm right) implements FilterTerm {
        @Override
        public boolean matches(Packet packet) {
            return left.matches(packet) || right.matches(packet);
        }
    }

    record Not(FilterTerm term) implements FilterTerm {
        @Override
        public boolean matches(Packet packet) {
            return !term.matches(packet);
        }
    }

    record Inner(FilterTerm term) implements FilterTerm {
        @Override
        public boolean matches(Packet packet) {
            return packet.inner().filter(term::matches).isPresent();
        }
    }

    /** A header that satisfies a condition. */
    record Has(Predicate<Header> condition) implements FilterTerm {
        @Override
        public boolean matches(Packet packet) {
            return packet.outerHeaders().stream().anyMatch(condition);
        }
    }

    /** Which end of a packet an address or a port belongs to. */
    enum Side {
        SOURCE,
        DESTINATION,
        EITHER;

        /** An address of an IPv4 or ARP header. */
        FilterTerm address(Ipv4Prefix prefix) {
            return new Has(header ->
                    switch (header) {
                        case Header.Ipv4 h -> in(prefix, h.source(), h.destination());
                        case Header.Arp h -> in(prefix, h.senderIp(), h.targetIp());
                        default -> false;
                    });
        }

        /** A port of a TCP or UDP header. */
        FilterTerm port(int port) {
            return new Has(header ->
                    switch (header) {
                        case Header.Tcp h ->
                                matching(h.sourcePort() == port, h.destinationPort() == port);
                        case Header.Udp h ->
                                matching(h.sourcePort() == port, h.destinationPort() == port);
                        default -> false;
                    });
        }

        private boolean in(Ipv4Prefix prefix, Ipv4Address source, Ipv4Address destination) {
            return matching(prefix.contains(source), prefix.contains(destination));
        }

        private boolean matching(boolean source, boolean destination) {
            return switch (this) {
                case SOURCE -> source;
                case DESTINATION -> destination;
                case EITHER -> source || destination;
            };
        }
    }
}
