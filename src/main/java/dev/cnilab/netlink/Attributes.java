package dev.cnilab.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a message or of a nested attribute, by type; of several with one type, the
 * last. Every read checks the attribute's length.
 */
public final class Attributes {

    private static final Attributes NONE = new Attributes(Map.of());
    private static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, byte[]> attributes;

    private Attributes(Map<Integer, byte[]> attributes) {
        this.attributes = attributes;
    }

    /**
     * Parses attributes from {@code offset} to the end.
     *
     * @throws MalformedMessageException when an attribute's length is invalid
     */
    public static Attributes parse(byte[] bytes, int offset) throws MalformedMessageException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        Map<Integer, byte[]> attributes = new HashMap<>();
        int position = offset;
        while (position + Message.ATTRIBUTE_HEADER <= bytes.length) {
            int length = length(buffer, position);
            int type = buffer.getShort(position + 2) & TYPE_MASK;
            byte[] value = new byte[length - Message.ATTRIBUTE_HEADER];
            buffer.get(position + Message.ATTRIBUTE_HEADER, value);
            attributes.put(type, value);
            position += Message.align(length);
        }
        return new Attributes(attributes);
    }

    public boolean has(int type) {
        return bytes(type) != null;
    }

    /** Returns the value; null when the attribute is absent. */
    public byte @Nullable [] bytes(int type) {
        return attributes.get(type);
    }

    /** Returns text up to its terminating zero byte; null when the attribute is absent. */
    public @Nullable String string(int type) {
        byte[] value = bytes(type);
        if (value == null) {
            return null;
        }
        int end = 0;
        while (end < value.length && value[end] != 0) {
            end++;
        }
        return new String(value, 0, end, StandardCharsets.UTF_8);
    }

    /**
     * Returns text.
     *
     * @throws MalformedMessageException when the attribute is absent
     */
    public String requireString(int type) throws MalformedMessageException {
        String value = string(type);
        if (value == null) {
            throw new MalformedMessageException("attribute " + type + " is missing");
        }
        return value;
    }

    public int u8(int type, int absent) throws MalformedMessageException {
        ByteBuffer value = sized(type, 1);
        return value == null ? absent : value.get(0) & 0xff;
    }

    public int u32(int type, int absent) throws MalformedMessageException {
        ByteBuffer value = sized(type, 4);
        return value == null ? absent : value.getInt(0);
    }

    public int be16(int type, int absent) throws MalformedMessageException {
        ByteBuffer value = sized(type, 2);
        return value == null ? absent : value.order(ByteOrder.BIG_ENDIAN).getShort(0) & 0xffff;
    }

    public int be32(int type, int absent) throws MalformedMessageException {
        ByteBuffer value = sized(type, 4);
        return value == null ? absent : value.order(ByteOrder.BIG_ENDIAN).getInt(0);
    }

    /** Returns a value of exactly that many bytes; null when the attribute is absent. */
    public byte @Nullable [] bytes(int type, int size) throws MalformedMessageException {
        return sized(type, size) == null ? null : bytes(type);
    }

    /** Returns the attributes nested in an attribute; none when it is absent. */
    public Attributes nested(int type) throws MalformedMessageException {
        byte[] value = bytes(type);
        return value == null ? NONE : parse(value, 0);
    }

    /**
     * Returns the number of attributes nested in an attribute, of any type; 0 when it is absent.
     */
    public int count(int type) throws MalformedMessageException {
        byte[] value = bytes(type);
        int count = 0;
        for (int position = 0; value != null && position < value.length; count++) {
            position += Message.align(length(ByteBuffer.wrap(value), position));
        }
        return count;
    }

    /** Reads the length of the attribute at that position, including its header. */
    private static int length(ByteBuffer bytes, int position) throws MalformedMessageException {
        int left = bytes.capacity() - position;
        int length =
                left < Message.ATTRIBUTE_HEADER
                        ? 0
                        : bytes.order(ByteOrder.nativeOrder()).getShort(position) & 0xffff;
        if (length < Message.ATTRIBUTE_HEADER || length > left) {
            throw new MalformedMessageException(
                    "attribute of "
                            + length
                            + " bytes at "
                            + position
                            + ", where "
                            + left
                            + " are");
        }
        return length;
    }

    private @Nullable ByteBuffer sized(int type, int size) throws MalformedMessageException {
        byte[] value = bytes(type);
        if (value == null) {
            return null;
        }
        if (value.length != size) {
            throw new MalformedMessageException(
                    "attribute " + type + " has " + value.length + " bytes, not " + size);
        }
        return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
    }
}
