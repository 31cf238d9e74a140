package dev.cnilab.kube.http;

import dev.cnilab.kube.ApiException;
import dev.cnilab.net.http.DeadlineInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The server's end of a WebSocket (RFC 6455). Any thread may send; one receives. */
public final class WebSocket implements AutoCloseable {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int NORMAL_CLOSURE = 1000;
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;

    /** How long to wait for the client's close frame. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final DeadlineInput socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Lock receiving = new ReentrantLock();
    private boolean ended;
    private boolean closed;

    WebSocket(DeadlineInput socket, OutputStream out) {
        this.socket = socket;
        this.in = new DataInputStream(socket);
        this.out = new DataOutputStream(out);
    }

    /** The Sec-WebSocket-Accept value for a client's key (RFC 6455, section 4.2.2). */
    static String accept(String key) {
        if (key.isEmpty()) {
            throw ApiException.badRequest("a WebSocket needs the header Sec-WebSocket-Key");
        }
        String keyed = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest(keyed.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    public void sendText(byte[] message) throws IOException {
        send(TEXT, message, message.length);
    }

    public void sendBinary(byte[] message, int length) throws IOException {
        send(BINARY, message, length);
    }

    /**
     * The next message, text or binary; answers pings.
     *
     * @return empty once the client has closed
     * @throws IOException on a protocol error or a lost connection
     */
    public Optional<byte[]> receive() throws IOException {
        receiving.lock();
        try {
            Optional<byte[]> message = ended ? Optional.empty() : next();
            ended = message.isEmpty();
            return message;
        } finally {
            receiving.unlock();
        }
    }

    private Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first = in.read();
            if (first < 0) {
                return Optional.empty();
            }
            byte[] payload = payload(message.size());
            switch (first & 0x0f) {
                case CONTINUATION, TEXT, BINARY -> {
                    message.write(payload);
                    if ((first & 0x80) != 0) {
                        return Optional.of(message.toByteArray());
                    }
                }
                case PING -> send(PONG, payload, payload.length);
                case PONG -> {}
                case CLOSE -> {
                    return Optional.empty();
                }
                default -> throw new IOException("unknown WebSocket frame");
            }
        }
    }

    /** The client's messages as one stream. */
    public InputStream in() {
        return new InputStream() {
            private InputStream message = InputStream.nullInputStream();

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                int count = message.read(bytes, offset, length);
                while (count < 0) {
                    Optional<byte[]> next = receive();
                    if (next.isEmpty()) {
                        return -1;
                    }
                    message = new ByteArrayInputStream(next.get());
                    count = message.read(bytes, offset, length);
                }
                return count;
            }
        };
    }

    /** A stream whose flushes are messages to the client. */
    public OutputStream out() {
        return new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                sendBinary(buf, count);
                reset();
            }
        };
    }

    private byte[] payload(int before) throws IOException {
        int second = in.readUnsignedByte();
        long length =
                switch (second & 0x7f) {
                    case 126 -> in.readUnsignedShort();
                    case 127 -> in.readLong();
                    default -> second & 0x7f;
                };
        if ((second & 0x80) == 0) {
            throw new IOException("a client's WebSocket frame must be masked");
        }
        if (length < 0 || before + length > MAX_MESSAGE) {
            throw new IOException("a WebSocket message over the limit of " + MAX_MESSAGE);
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes((int) length);
        if (mask.length < 4 || payload.length < length) {
            throw new EOFException("the client closed within a WebSocket frame");
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    private synchronized void send(int opcode, byte[] payload, int length) throws IOException {
        if (closed) {
            throw new IOException("the WebSocket is closed");
        }
        out.writeByte(0x80 | opcode);
        if (length < 126) {
            out.writeByte(length);
        } else if (length <= 0xffff) {
            out.writeByte(126);
            out.writeShort(length);
        } else {
            out.writeByte(127);
            out.writeLong(length);
        }
        out.write(payload, 0, length);
        out.flush();
    }

    /**
     * Sends a close frame and waits for the client's (RFC 6455, section 7.1.1): without it a slow
     * client could lose earlier messages. Does not close the connection, which belongs to the
     * caller.
     */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            send(CLOSE, new byte[] {(byte) (NORMAL_CLOSURE >> 8), (byte) NORMAL_CLOSURE}, 2);
            closed = true;
        }
        socket.within(CLOSE_TIMEOUT);
        try {
            while (receive().isPresent()) {
                // Messages sent before the client's close frame are discarded.
            }
        } catch (IOException e) {
            // The client disconnected without a close frame.
        }
    }
}
