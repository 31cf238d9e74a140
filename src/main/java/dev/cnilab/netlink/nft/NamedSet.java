package dev.cnilab.netlink.nft;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** What rules look keys up in. A key is one value for each field. */
public sealed interface NamedSet {

    String name();

    List<HeaderField> key();

    /** How many elements it has. */
    int size();

    /** Keys alone. */
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

        /** Of one field. */
        public static Keys of(String name, HeaderField field, List<? extends Value> values) {
            SequencedSet<List<Value>> elements = new LinkedHashSet<>();
            values.forEach(value -> elements.add(List.of(value)));
            return new Keys(name, List.of(field), elements);
        }
    }

    /** Keys and what becomes of the packet. */
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

    /** Keys and where the packet is sent; every endpoint has a port. */
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
