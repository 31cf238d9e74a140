package dev.cnilab.kube.spdy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The server's end of a SPDY connection (SPDY Protocol Draft 3.1, section 2). */
public final class SpdySession implements AutoCloseable {
    private static final int VERSION = 3;
    private static final int SYN_STREAM = 1;
    private static final int SYN_REPLY = 2;
    private static final int RST_STREAM = 3;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int FLAG_FIN = 1;
    private static final int LARGEST_FRAME = 4 * 1024 * 1024;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final HeaderBlocks headers = new HeaderBlocks();
    private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();

    public SpdySession(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
    }

    /**
     * Reads until the client disconnects, then ends all streams.
     *
     * @param opened called for each stream that the client opens; must not block
     * @throws IOException on a protocol error or a lost connection
     */
    public void run(Consumer<SpdyStream> opened) throws IOException, InterruptedException {
        try {
            for (int first = in.read(); first >= 0; first = in.read()) {
                int word = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int second = in.readInt();
                int flags = second >>> 24;
                byte[] content = content(second & 0xffffff);
                if (word >= 0) {
                    data(word, flags, content);
                } else if ((word >>> 16 & 0x7fff) != VERSION) {
                    throw new IOException("a SPDY frame of another version than 3");
                } else if (!control(word & 0xffff, flags, content, opened)) {
                    return;
                }
            }
        } finally {
            streams.values().forEach(SpdyStream::end);
        }
    }

    private byte[] content(int length) throws IOException {
        if (length > LARGEST_FRAME) {
            throw new IOException("a SPDY frame over the limit of " + LARGEST_FRAME + " bytes");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("the client closed within a SPDY frame");
        }
        return content;
    }

    private void data(int id, int flags, byte[] content) throws InterruptedException {
        SpdyStream stream = streams.get(id);
        if (stream != null) {
            stream.arrived(content);
            if ((flags & FLAG_FIN) != 0) {
                stream.end();
            }
        }
    }

    /** Handles a control frame. Returns false on GOAWAY. */
    private boolean control(int type, int flags, byte[] content, Consumer<SpdyStream> opened)
            throws IOException {
        switch (type) {
            case SYN_STREAM -> open(flags, content, opened);
            case RST_STREAM -> {
                SpdyStream reset = streams.remove(id(content));
                if (reset != null) {
                    reset.end();
                }
            }
            case PING -> write(PING, content);
            case GOAWAY -> {
                return false;
            }
            default -> {
                // SETTINGS and WINDOW_UPDATE are ignored.
            }
        }
        return true;
    }

    private void open(int flags, byte[] content, Consumer<SpdyStream> opened) throws IOException {
        int fixed = 10; // two stream ids, priority and slot
        if (content.length < fixed) {
            throw new IOException("a SPDY stream without an id");
        }
        int id = id(content);
        byte[] block = java.util.Arrays.copyOfRange(content, fixed, content.length);
        SpdyStream stream = new SpdyStream(this, id, headers.read(block));
        streams.put(id, stream);
        if ((flags & FLAG_FIN) != 0) {
            stream.end();
        }
        synchronized (out) {
            byte[] none = headers.none();
            byte[] reply = new byte[4 + none.length];
            java.nio.ByteBuffer.wrap(reply).putInt(id).put(none);
            write(SYN_REPLY, reply);
        }
        opened.accept(stream);
    }

    private static int id(byte[] content) throws IOException {
        if (content.length < 4) {
            throw new IOException("a SPDY frame without an id");
        }
        return java.nio.ByteBuffer.wrap(content).getInt() & 0x7fffffff;
    }

    private void write(int type, byte[] content) throws IOException {
        synchronized (out) {
            out.writeShort(0x8000 | VERSION);
            out.writeShort(type);
            out.writeInt(content.length);
            out.write(content);
            out.flush();
        }
    }

    void sendData(int id, byte[] bytes, int length, boolean last) throws IOException {
        synchronized (out) {
            out.writeInt(id);
            out.writeInt((last ? FLAG_FIN << 24 : 0) | length);
            out.write(bytes, 0, length);
            out.flush();
        }
    }

    /** Sends GOAWAY; does not close the connection, which belongs to the caller. */
    @Override
    public void close() throws IOException {
        streams.values().forEach(SpdyStream::end);
        try {
            write(GOAWAY, new byte[8]);
        } finally {
            headers.close();
        }
    }
}
