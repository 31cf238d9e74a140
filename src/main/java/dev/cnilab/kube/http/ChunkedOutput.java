package dev.cnilab.kube.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a body with chunked transfer coding (RFC 9112, section 7.1): one chunk per flush, and the
 * last chunk at close.
 */
final class ChunkedOutput extends OutputStream {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final OutputStream out;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();

    ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) {
        chunk.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        chunk.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (chunk.size() > 0) {
            writeChunk();
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        writeChunk();
        out.flush();
    }

    private void writeChunk() throws IOException {
        out.write(Integer.toHexString(chunk.size()).getBytes(StandardCharsets.US_ASCII));
        out.write(LINE_END);
        chunk.writeTo(out);
        out.write(LINE_END);
        chunk.reset();
    }
}
