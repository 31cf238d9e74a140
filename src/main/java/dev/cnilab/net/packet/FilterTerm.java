package dev.cnilab.net.packet;

import java.util.function.Predicate;

/**
 * A node of a parsed filter expression. All but {@link Inner} match the headers outside of a
 * tunnel.
 */
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

    /** Matches packets with a header that satisfies a condition. */
    record Has(Predicate<Header> condition) implements FilterTerm {
        @Override
        public boolean matches(Packet packet) {
            return packet.outerHeaders().stream().anyMatch(condition);
        }
    }
}
