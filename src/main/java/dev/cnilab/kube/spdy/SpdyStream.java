package dev.cnilab.kube.spdy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** One stream of a session, which the client opened. One thread receives; any may send. */
public final class SpdyStream {
    /** How much may wait here before the client has to. */
    private static final int MOST_WAITING = 1024 * 1024;

    private final Session session;
    private final int id;
    private final Map<String, String> headers;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int size;
    private boolean ended;
    private boolean finished;

    SpdyStream(Session session, int id, Map<String, String> headers) {
        this.session = session;
        this.id = id;
        this.headers = headers;
    }

    /** What the client said of it; "" where it said nothing. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The next piece, as the client sent it; empty once the client has finished or gone. */
    public synchronized Optional<byte[]> receive() throws InterruptedException {
        while (waiting.isEmpty() && !ended) {
            wait();
        }
        byte[] piece = waiting.pollFirst();
        size -= piece == null ? 0 : piece.length;
        notifyAll();
        return Optional.ofNullable(piece);
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
    synchronized void arrived(byte[] piece) throws InterruptedException {
        while (size > MOST_WAITING && !ended) {
            wait();
        }
        if (!ended && piece.length > 0) {
            waiting.add(piece);
            size += piece.length;
            notifyAll();
        }
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
