package dev.cnilab.kube.schema;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Protobuf's wire format (protobuf.dev, "Encoding"). */
final class Wire {
    static final Value EMPTY = new Value(0, 0, ByteBuffer.allocate(0));

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_VARINT = 10;

    private Wire() {}

    /**
     * A decoded field.
     *
     * @param varint the value of a varint field, else 0
     * @param bytes the content of a length-delimited field, else empty
     */
    record Value(int number, long varint, ByteBuffer bytes) {
        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
    }

    /**
     * Reads the next field.
     *
     * @throws java.nio.BufferUnderflowException if truncated
     * @throws IllegalArgumentException if malformed
     */
    static Value next(ByteBuffer from) {
        long tag = varint(from);
        int number = (int) (tag >>> 3);
        return switch ((int) (tag & 7)) {
            case VARINT -> new Value(number, varint(from), ByteBuffer.allocate(0));
            case FIXED64 ->
                    new Value(number, little(from).getLong(skip(from, 8)), ByteBuffer.allocate(0));
            case FIXED32 ->
                    new Value(number, little(from).getInt(skip(from, 4)), ByteBuffer.allocate(0));
            case LENGTH -> {
                long length = varint(from);
                if (length < 0 || length > from.remaining()) {
                    throw new IllegalArgumentException("a field longer than its message");
                }
                int start = skip(from, (int) length);
                yield new Value(number, 0, from.slice(start, (int) length));
            }
            default -> throw new IllegalArgumentException("unknown wire type");
        };
    }

    private static ByteBuffer little(ByteBuffer from) {
        return from.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Advances the position; returns the former one. */
    private static int skip(ByteBuffer from, int length) {
        int at = from.position();
        if (length > from.remaining()) {
            throw new java.nio.BufferUnderflowException();
        }
        from.position(at + length);
        return at;
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte octet = from.get();
            value |= (octet & 0x7fL) << (7 * i);
            if (octet >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number longer than 64 bits");
    }
}
