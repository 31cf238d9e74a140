package dev.cnilab.net.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A client's input with a deadline per request, so that a client that sends single bytes slowly
 * does not hold a connection indefinitely.
 */
public final class DeadlineInput extends InputStream {
    private final Socket socket;
    private final BufferedInputStream in;
    private volatile long deadline = Long.MAX_VALUE;

    public DeadlineInput(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    }

    /** Sets the deadline for what is read from now on. */
    public void within(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** Clears the deadline: the request is complete. */
    public void complete() {
        deadline = Long.MAX_VALUE;
    }

    /**
     * True if the deadline has passed by more than the slack. The socket's own timeout does not
     * cover a client that sends a single TLS record byte by byte.
     */
    public boolean overdue(Duration slack) {
        long due = deadline;
        return due != Long.MAX_VALUE && System.nanoTime() - due > slack.toNanos();
    }

    /** Disables read timeouts: for WebSockets, and to wait for a client's disconnect. */
    public void withoutEnd() throws IOException {
        deadline = Long.MAX_VALUE;
        socket.setSoTimeout(0);
    }

    /** Waits for the next byte and leaves it there; false at the end. */
    public boolean await() throws IOException {
        arm();
        in.mark(1);
        boolean came = in.read() >= 0;
        in.reset();
        return came;
    }

    @Override
    public int read() throws IOException {
        arm();
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        arm();
        return in.read(bytes, offset, length);
    }

    private void arm() throws IOException {
        if (deadline == Long.MAX_VALUE || in.available() > 0) {
            return;
        }
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("the request took too long to arrive");
        }
        socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    }
}
