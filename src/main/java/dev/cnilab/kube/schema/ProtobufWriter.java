package dev.cnilab.kube.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes a protobuf message with string and message fields. */
public final class ProtobufWriter {
    private static final int LENGTH = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ProtobufWriter text(int number, String text) {
        return bytes(number, text.getBytes(StandardCharsets.UTF_8));
    }

    public ProtobufWriter message(int number, Consumer<ProtobufWriter> content) {
        ProtobufWriter inner = new ProtobufWriter();
        content.accept(inner);
        return bytes(number, inner.toByteArray());
    }

    private ProtobufWriter bytes(int number, byte[] content) {
        varint((long) number << 3 | LENGTH);
        varint(content.length);
        out.writeBytes(content);
        return this;
    }

    private void varint(long value) {
        long left = value;
        for (; left > 0x7f; left >>>= 7) {
            out.write((int) (left & 0x7f | 0x80));
        }
        out.write((int) left);
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
