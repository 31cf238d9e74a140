package dev.cnilab.netlink.nft;

import dev.cnilab.netlink.Message;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Writes a table's sets and maps into a batch. */
final class Sets {

    /** A set in this batch. */
    record Ref(String name, int id) {}

    // include/uapi/linux/netfilter/nf_tables.h
    private static final int ANONYMOUS = 0x1;
    private static final int CONSTANT = 0x2;
    private static final int MAP = 0x8;
    private static final int TYPE_VERDICT = 0xffffff00;

    /** nft's {@code enum datatypes}; a concatenation has six bits for each part. */
    private static final int TYPE_INTEGER = 4;

    private static final int TYPE_BITS = 6;
    private static final int TYPE_ENDPOINT =
            HeaderField.DADDR.type() << TYPE_BITS | HeaderField.DPORT.type();
    private static final int ENDPOINT_LENGTH = 8;

    /** NFTNL_UDATA_SET_KEYBYTEORDER, 4 bytes, BYTEORDER_HOST_ENDIAN: for nft's listing. */
    private static final byte[] HOST_ENDIAN_KEYS = concat(new byte[] {0, 4}, Code.host(1));

    /** Attributes have 16-bit lengths: elements go in several messages. */
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
                            message.be32(4, type(set.key())).be32(5, length(set.key()));
                            switch (set) {
                                case NamedSet.Keys _ -> {}
                                case NamedSet.Verdicts _ -> message.be32(6, TYPE_VERDICT);
                                case NamedSet.Endpoints _ ->
                                        message.be32(6, TYPE_ENDPOINT).be32(7, ENDPOINT_LENGTH);
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

    /** An anonymous map from 0, 1, 2 … to the endpoints, which goes with its rule. */
    Ref numbered(List<NatTarget> endpoints) {
        Ref ref =
                create(
                        "__map%d",
                        ANONYMOUS | CONSTANT | MAP,
                        message ->
                                message.be32(4, TYPE_INTEGER)
                                        .be32(5, 4)
                                        .be32(6, TYPE_ENDPOINT)
                                        .be32(7, ENDPOINT_LENGTH)
                                        .bytes(13, HOST_ENDIAN_KEYS));
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
                        .string(1, table.name())
                        .string(2, name)
                        .be32(3, flags);
        types.accept(message);
        batch.add("nft add set " + table.title() + " " + name, message.be32(10, ref.id()));
        return ref;
    }

    private void elements(Ref ref, List<Consumer<Message>> elements) {
        for (int from = 0; from < elements.size(); from += ELEMENTS_PER_MESSAGE) {
            List<Consumer<Message>> part =
                    elements.subList(from, Math.min(elements.size(), from + ELEMENTS_PER_MESSAGE));
            batch.add(
                    "nft add element " + table.title() + " " + ref.name(),
                    Batch.request(Batch.NEWSETELEM, Message.CREATE, table.family())
                            .string(1, table.name())
                            .string(2, ref.name())
                            .be32(4, ref.id())
                            .nested(3, list -> part.forEach(e -> list.nested(1, e))));
        }
    }

    private static Consumer<Message> element(byte[] key) {
        return e -> e.nested(1, k -> k.bytes(Code.DATA_VALUE, key));
    }

    private static Consumer<Message> element(byte[] key, RuleVerdict verdict) {
        return element(key).andThen(e -> e.nested(2, d -> Code.putVerdict(d, verdict)));
    }

    private static Consumer<Message> element(byte[] key, NatTarget endpoint) {
        byte[] data =
                bytes(List.of(new Value.Ip(endpoint.address()), new Value.Port(endpoint.port())));
        return element(key).andThen(e -> e.nested(2, d -> d.bytes(Code.DATA_VALUE, data)));
    }

    private static int type(List<HeaderField> key) {
        int type = 0;
        for (HeaderField field : key) {
            type = type << TYPE_BITS | field.type();
        }
        return type;
    }

    /** Of a key alone its own length; in a concatenation each part fills whole registers. */
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
