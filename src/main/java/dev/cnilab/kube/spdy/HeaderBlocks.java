package dev.cnilab.kube.spdy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Encodes and decodes header blocks; each direction has one zlib stream per connection. */
final class HeaderBlocks implements AutoCloseable {
    private static final int LARGEST = 64 * 1024;
    private static final byte[] NONE = new byte[4];

    private final Inflater inflater = new Inflater();
    private final Deflater deflater = new Deflater();

    HeaderBlocks() {
        deflater.setDictionary(Dictionary.bytes());
    }

    /** An empty header block, for replies. */
    byte[] none() {
        deflater.setInput(NONE);
        byte[] out = new byte[64];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return java.util.Arrays.copyOf(out, length);
    }

    /** The headers of a block; names are in lower case. */
    Map<String, String> read(byte[] block) throws IOException {
        byte[] plain = inflate(block);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
            Map<String, String> headers = new HashMap<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = text(in).toLowerCase(Locale.ROOT);
                headers.put(name, text(in));
            }
            return headers;
        }
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a SPDY header longer than its block");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private byte[] inflate(byte[] block) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        inflater.setInput(block);
        try {
            while (!inflater.needsInput()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && inflater.needsDictionary()) {
                    inflater.setDictionary(Dictionary.bytes());
                } else if (count == 0) {
                    break;
                }
                plain.write(buffer, 0, count);
                if (plain.size() > LARGEST) {
                    throw new IOException("SPDY headers over the limit of " + LARGEST + " bytes");
                }
            }
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new IOException("malformed SPDY headers", e);
        }
        return plain.toByteArray();
    }

    @Override
    public void close() {
        inflater.end();
        deflater.end();
    }
}
