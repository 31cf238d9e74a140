package dev.cnilab.netlink.nft;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** A set or map in which rules look up keys. A key has one value for each field. */
public sealed interface NamedSet {

    String name();

    List<HeaderField> key();

    /** Returns the number of elements. */
    int size();

    /** A set of keys. */
    record Keys(String name, List<HeaderField> key, SequencedSet<List<Value>> elements)
            implements NamedSet {
        public Keys {
            key = List.copyOf(key);
            elements = new LinkedHashSet<>(elements);
        }

        @Override
        public int size() {
            return elements.size();
        }

        /** Creates a set whose keys have one field. */
        public static Keys of(String name, HeaderField field, List<? extends Value> values) {
            SequencedSet<List<Value>> elements = new LinkedHashSet<>();
            values.forEach(value -> elements.add(List.of(value)));
            return new Keys(name, List.of(field), elements);
        }
    }

    /** A map from keys to verdicts. */
    record Verdicts(
            String name, List<HeaderField> key, SequencedMap<List<Value>, RuleVerdict> elements)
            implements NamedSet {
        public Verdicts {
            key = List.copyOf(key);
            elements = new LinkedHashMap<>(elements);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    /** A map from keys to NAT targets; every target has a port. */
    record Endpoints(
            String name, List<HeaderField> key, SequencedMap<List<Value>, NatTarget> elements)
            implements NamedSet {
        public Endpoints {
            key = List.copyOf(key);
            elements = new LinkedHashMap<>(elements);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }
}
