package dev.cnilab.net.pcap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A stream that tracks its offset and reports where it ends prematurely. */
final class CaptureInput implements AutoCloseable {

    private final InputStream in;
    private long offset;

    CaptureInput(InputStream in) {
        this.in = in;
    }

    /** Returns the number of bytes read so far. */
    long offset() {
        return offset;
    }

    /** Reads exactly that many bytes; empty when the stream ends before the first one. */
    Optional<ByteBuffer> readOrEnd(int length, String what) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length == 0 && length > 0) {
            return Optional.empty();
        }
        if (bytes.length < length) {
            throw new CaptureFormatException(
                    offset, what + " of " + length + " bytes ends after " + bytes.length);
        }
        offset += length;
        return Optional.of(ByteBuffer.wrap(bytes));
    }

    /** Reads exactly that many bytes. */
    ByteBuffer read(int length, String what) throws IOException {
        return readOrEnd(length, what)
                .orElseThrow(() ->
                        new CaptureFormatException(
                                offset, what + " of " + length + " bytes is missing"));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
