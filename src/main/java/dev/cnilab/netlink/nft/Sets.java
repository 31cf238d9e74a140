package dev.cnilab.netlink.nft;

import static dev.cnilab.netlink.nft.Nfta.*;

import dev.cnilab.netlink.Message;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Encodes a table's sets and maps. */
final class Sets {

    /** A reference to a set of this batch. */
    record Ref(String name, int id) {}

    // include/uapi/linux/netfilter/nf_tables.h
    private static final int ANONYMOUS = 0x1;
    private static final int CONSTANT = 0x2;
    private static final int MAP = 0x8;
    private static final int TYPE_VERDICT = 0xffffff00;

    /** Type number in nft's {@code enum datatypes}; a concatenation has six bits for each part. */
    private static final int TYPE_INTEGER = 4;

    private static final int TYPE_BITS = 6;
    private static final int TYPE_ENDPOINT =
            HeaderField.DADDR.type() << TYPE_BITS | HeaderField.DPORT.type();
    private static final int ENDPOINT_LENGTH = 8;

    /**
     * User data for nft's listing: NFTNL_UDATA_SET_KEYBYTEORDER, 4 bytes, BYTEORDER_HOST_ENDIAN.
     */
    private static final byte[] HOST_ENDIAN_KEYS = concat(new byte[] {0, 4}, Code.host(1));

    /** Splits elements into several messages, since attributes have 16-bit lengths. */
    private static final int ELEMENTS_PER_MESSAGE = 500;

    private final Batch batch;
    private final Table table;
    private final Map<String, Ref> named = new HashMap<>();

    Sets(Batch batch, Table table) {
        this.batch = batch;
        this.table = table;
    }

    Ref get(String name) {
        Ref ref = named.get(name);
        if (ref == null) {
            throw new IllegalArgumentException("table " + table.title() + " has no set " + name);
        }
        return ref;
    }

    void add(NamedSet set) {
        int flags = set instanceof NamedSet.Keys ? 0 : MAP;
        Ref ref =
                create(
                        set.name(),
                        flags,
                        message -> {
                            message.be32(NFTA_SET_KEY_TYPE, type(set.key()))
                                    .be32(NFTA_SET_KEY_LEN, length(set.key()));
                            switch (set) {
                                case NamedSet.Keys _ -> {}
                                case NamedSet.Verdicts _ ->
                                        message.be32(NFTA_SET_DATA_TYPE, TYPE_VERDICT);
                                case NamedSet.Endpoints _ ->
                                        message.be32(NFTA_SET_DATA_TYPE, TYPE_ENDPOINT)
                                                .be32(NFTA_SET_DATA_LEN, ENDPOINT_LENGTH);
                            }
                        });
        named.put(set.name(), ref);
        elements(
                ref,
                switch (set) {
                    case NamedSet.Keys keys ->
                            keys.elements().stream().map(k -> element(bytes(k))).toList();
                    case NamedSet.Verdicts verdicts ->
                            verdicts.elements().entrySet().stream()
                                    .map(e -> element(bytes(e.getKey()), e.getValue()))
                                    .toList();
                    case NamedSet.Endpoints endpoints ->
                            endpoints.elements().entrySet().stream()
                                    .map(e -> element(bytes(e.getKey()), e.getValue()))
                                    .toList();
                });
    }

    /**
     * Creates an anonymous map from 0, 1, 2 … to the endpoints. The kernel deletes it with its
     * rule.
     */
    Ref numbered(List<NatTarget> endpoints) {
        Ref ref =
                create(
                        "__map%d",
                        ANONYMOUS | CONSTANT | MAP,
                        message ->
                                message.be32(NFTA_SET_KEY_TYPE, TYPE_INTEGER)
                                        .be32(NFTA_SET_KEY_LEN, Integer.BYTES)
                                        .be32(NFTA_SET_DATA_TYPE, TYPE_ENDPOINT)
                                        .be32(NFTA_SET_DATA_LEN, ENDPOINT_LENGTH)
                                        .bytes(NFTA_SET_USERDATA, HOST_ENDIAN_KEYS));
        Iterator<NatTarget> rest = endpoints.iterator();
        elements(
                ref,
                IntStream.range(0, endpoints.size())
                        .mapToObj(i -> element(Code.host(i), rest.next()))
                        .toList());
        return ref;
    }

    private Ref create(String name, int flags, Consumer<Message> types) {
        Ref ref = new Ref(name, batch.nextSetId());
        Message message =
                Batch.request(Batch.NEWSET, Message.CREATE, table.family())
                        .string(NFTA_SET_TABLE, table.name())
                        .string(NFTA_SET_NAME, name)
                        .be32(NFTA_SET_FLAGS, flags);
        types.accept(message);
        batch.add("nft add set " + table.title() + " " + name, message.be32(NFTA_SET_ID, ref.id()));
        return ref;
    }

    private void elements(Ref ref, List<Consumer<Message>> elements) {
        for (int from = 0; from < elements.size(); from += ELEMENTS_PER_MESSAGE) {
            List<Consumer<Message>> part =
                    elements.subList(from, Math.min(elements.size(), from + ELEMENTS_PER_MESSAGE));
            batch.add(
                    "nft add element " + table.title() + " " + ref.name(),
                    Batch.request(Batch.NEWSETELEM, Message.CREATE, table.family())
                            .string(NFTA_SET_ELEM_LIST_TABLE, table.name())
                            .string(NFTA_SET_ELEM_LIST_SET, ref.name())
                            .be32(NFTA_SET_ELEM_LIST_SET_ID, ref.id())
                            .nested(
                                    NFTA_SET_ELEM_LIST_ELEMENTS,
                                    list -> part.forEach(e -> list.nested(NFTA_LIST_ELEM, e))));
        }
    }

    private static Consumer<Message> element(byte[] key) {
        return e -> e.nested(NFTA_SET_ELEM_KEY, k -> k.bytes(NFTA_DATA_VALUE, key));
    }

    private static Consumer<Message> element(byte[] key, RuleVerdict verdict) {
        return element(key)
                .andThen(e -> e.nested(NFTA_SET_ELEM_DATA, d -> Code.putVerdict(d, verdict)));
    }

    private static Consumer<Message> element(byte[] key, NatTarget endpoint) {
        byte[] data =
                bytes(List.of(new Value.Ip(endpoint.address()), new Value.Port(endpoint.port())));
        return element(key)
                .andThen(e -> e.nested(NFTA_SET_ELEM_DATA, d -> d.bytes(NFTA_DATA_VALUE, data)));
    }

    private static int type(List<HeaderField> key) {
        int type = 0;
        for (HeaderField field : key) {
            type = type << TYPE_BITS | field.type();
        }
        return type;
    }

    /**
     * Returns a key's length in bytes: a single field's own, or the sum of a concatenation's
     * fields, each padded to whole registers.
     */
    private static int length(List<HeaderField> key) {
        return key.size() == 1
                ? key.getFirst().length()
                : key.stream().mapToInt(field -> field.length() + 3 & ~3).sum();
    }

    private static byte[] bytes(List<Value> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Value value : values) {
            out.writeBytes(value.bytes());
            while (values.size() > 1 && out.size() % 4 != 0) {
                out.write(0);
            }
        }
        return out.toByteArray();
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        out.writeBytes(tail);
        return out.toByteArray();
    }
}
