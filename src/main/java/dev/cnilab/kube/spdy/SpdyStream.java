package dev.cnilab.kube.spdy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** One stream of a session, which the client opened. One thread receives; any may send. */
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

    /** What the client said of it; "" where it said nothing. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The next piece, as the client sent it; empty once the client has finished or gone. */
    public Optional<byte[]> receive() throws InterruptedException {
        return inbox.receive();
    }

    public void send(byte[] bytes, int length) throws IOException {
        session.sendData(id, bytes, length, false);
    }

    /** Says that nothing more will be sent; repeatable. */
    public void finish() throws IOException {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
        }
        session.sendData(id, new byte[0], 0, true);
    }

    /** Blocks the session while too much waits: SPDY as Kubernetes uses it has no windows. */
    void arrived(byte[] piece) throws InterruptedException {
        inbox.add(piece);
    }

    void end() {
        inbox.end();
    }
}
