package dev.cnilab.kube.spdy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a peer has sent on one stream and nobody has taken yet; who adds to a full one waits. */
public final class Inbox {
    /** How many bytes may wait here before the sender has to. */
    private static final int MOST_WAITING = 1024 * 1024;

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int size;
    private boolean ended;

    /** The next piece, as it was sent; empty once the peer has finished or gone. */
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
        while (size > MOST_WAITING && !ended) {
            wait();
        }
        if (!ended && piece.length > 0) {
            waiting.add(piece);
            size += piece.length;
            notifyAll();
        }
    }

    /** Nothing more will come. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }
}
