package dev.cnilab.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A netlink request under construction: the netlink header, the family's fixed header, then
 * attributes. Integers are in host byte order; methods named {@code be} use network byte order.
 *
 * <p>Layout: {@code struct nlmsghdr} and {@code struct nlattr}, include/uapi/linux/netlink.h.
 */
public final class Message {

    /** Flags of {@code nlmsg_flags}, include/uapi/linux/netlink.h. */
    public static final int ACK = 0x4;

    public static final int REPLACE = 0x100;
    public static final int EXCL = 0x200;
    public static final int CREATE = 0x400;
    public static final int APPEND = 0x800;
    public static final int DUMP = 0x300;

    static final int HEADER = 16;
    static final int ATTRIBUTE_HEADER = 4;

    /** The longest value of an attribute in bytes: its header has a 16-bit length. */
    public static final int MAX_ATTRIBUTE = 0xffff - ATTRIBUTE_HEADER;

    private static final int REQUEST = 0x1;
    private static final int NESTED = 0x8000;

    private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

    private Message() {}

    public static Message request(int type, int flags) {
        Message message = new Message();
        return message.putInt(0).putShort(type).putShort(flags | REQUEST).putInt(0).putInt(0);
    }

    /** Appends a field of the family's fixed header. */
    public Message putByte(int value) {
        room(1).put((byte) value);
        return this;
    }

    public Message putShort(int value) {
        room(2).putShort((short) value);
        return this;
    }

    public Message putInt(int value) {
        room(4).putInt(value);
        return this;
    }

    public Message putBytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    /** Appends an attribute. */
    public Message bytes(int type, byte[] value) {
        if (value.length > MAX_ATTRIBUTE) {
            throw new IllegalArgumentException(
                    value.length + " bytes do not fit netlink attribute " + type);
        }
        putShort(ATTRIBUTE_HEADER + value.length).putShort(type).putBytes(value);
        return pad();
    }

    public Message u8(int type, int value) {
        return bytes(type, new byte[] {(byte) value});
    }

    public Message u32(int type, int value) {
        return bytes(type, buffer(4).order(ByteOrder.nativeOrder()).putInt(value).array());
    }

    public Message be16(int type, int value) {
        return bytes(type, buffer(2).putShort((short) value).array());
    }

    public Message be32(int type, int value) {
        return bytes(type, buffer(4).putInt(value).array());
    }

    /** Appends an attribute with zero-terminated text. */
    public Message string(int type, String value) {
        return bytes(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** Appends an attribute that contains attributes, flagged NLA_F_NESTED. */
    public Message nested(int type, Consumer<Message> content) {
        return container(type | NESTED, content);
    }

    /** Appends an attribute whose value {@code content} writes, without NLA_F_NESTED. */
    public Message container(int type, Consumer<Message> content) {
        int start = buffer.position();
        putShort(0).putShort(type);
        content.accept(this);
        int length = buffer.position() - start;
        if (length > 0xffff) {
            throw new IllegalArgumentException(
                    length + " bytes do not fit netlink attribute " + (type & ~NESTED));
        }
        buffer.putShort(start, (short) length);
        return pad();
    }

    /** Returns the message's length so far in bytes, including the header. */
    public int length() {
        return buffer.position();
    }

    /** Returns the bytes to send. Callable once. */
    byte[] encode(int extraFlags, int sequence) {
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        header.putInt(0, bytes.length);
        header.putShort(6, (short) (header.getShort(6) | extraFlags));
        header.putInt(8, sequence);
        return bytes;
    }

    static int align(int length) {
        return length + 3 & ~3;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size);
    }

    private Message pad() {
        while (buffer.position() != align(buffer.position())) {
            putByte(0);
        }
        return this;
    }

    private ByteBuffer room(int size) {
        if (buffer.remaining() < size) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + size);
            buffer =
                    ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder()).put(buffer.flip());
        }
        return buffer;
    }
}
