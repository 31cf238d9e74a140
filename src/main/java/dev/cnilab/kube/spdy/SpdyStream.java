package dev.cnilab.kube.spdy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A stream opened by the client. One thread receives; any thread may send. */
public final class SpdyStream {
    private final SpdySession session;
    private final int id;
    private final Map<String, String> headers;
    private final Inbox inbox = new Inbox();
    private boolean finished;

    SpdyStream(SpdySession session, int id, Map<String, String> headers) {
        this.session = session;
        this.id = id;
        this.headers = headers;
    }

    /** A header that the client sent with the stream; "" if absent. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /**
     * The next piece of data, as sent; empty once the client has closed the stream or disconnected.
     */
    public Optional<byte[]> receive() throws InterruptedException {
        return inbox.receive();
    }

    public void send(byte[] bytes, int length) throws IOException {
        session.sendData(id, bytes, length, false);
    }

    /** Closes the sending side; repeatable. */
    public void finish() throws IOException {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
        }
        session.sendData(id, new byte[0], 0, true);
    }

    /**
     * Adds received data. Blocks the session while the inbox is full: Kubernetes' SPDY has no flow
     * control.
     */
    void arrived(byte[] piece) throws InterruptedException {
        inbox.add(piece);
    }

    void end() {
        inbox.end();
    }
}
