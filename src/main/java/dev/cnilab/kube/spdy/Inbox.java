package dev.cnilab.kube.spdy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A stream's queue of received data; adding to a full one blocks. */
public final class Inbox {
    /** Capacity in bytes. */
    private static final int CAPACITY = 1024 * 1024;

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int size;
    private boolean ended;

    /**
     * The next piece of data, as sent; empty once the peer has closed the stream or disconnected.
     */
    public synchronized Optional<byte[]> receive() throws InterruptedException {
        while (waiting.isEmpty() && !ended) {
            wait();
        }
        byte[] piece = waiting.pollFirst();
        size -= piece == null ? 0 : piece.length;
        notifyAll();
        return Optional.ofNullable(piece);
    }

    public synchronized void add(byte[] piece) throws InterruptedException {
        while (size > CAPACITY && !ended) {
            wait();
        }
        if (!ended && piece.length > 0) {
            waiting.add(piece);
            size += piece.length;
            notifyAll();
        }
    }

    /** Marks the end of the stream. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }
}
