package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Waits until a descriptor is readable or another thread cancels the wait: closing a descriptor
 * does not wake a thread that is blocked on it in the kernel.
 */
final class EventFd implements AutoCloseable {

    /** include/uapi/asm-generic/poll.h. */
    private static final int POLLIN = 1;

    private static final int EFD_CLOEXEC = 02000000;
    private static final int POLLFD = 8;

    /** How a wait ended. */
    enum Outcome {
        READABLE,
        TIMED_OUT,
        CANCELLED
    }

    private final Fd event;
    private volatile boolean cancelled;

    EventFd() throws IOException {
        event = new Fd((int) Syscall.EVENTFD2.call("eventfd", 0, EFD_CLOEXEC));
    }

    Outcome await(Fd fd, Duration timeout) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment polled = arena.allocate(2 * POLLFD, 8);
            writePollfd(polled, 0, event);
            writePollfd(polled, POLLFD, fd);
            MemorySegment timespec =
                    arena.allocateFrom(
                            ValueLayout.JAVA_LONG, timeout.toSeconds(), timeout.toNanosPart());
            long ready = Syscall.PPOLL.raw(polled.address(), 2, timespec.address(), 0, 0);
            if (ready == 0 || ready == -Errno.EINTR.number()) {
                return Outcome.TIMED_OUT;
            } else if (ready < 0) {
                throw new ErrnoException("ppoll", (int) -ready);
            }
            return polled.get(ValueLayout.JAVA_SHORT, 6) != 0
                    ? Outcome.CANCELLED
                    : Outcome.READABLE;
        }
    }

    /** Cancels current and future waits. Repeatable. */
    synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            try {
                event.write(new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
            } catch (IOException e) {
                throw new IllegalStateException("an eventfd accepts its first count", e);
            }
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void close() {
        event.close();
    }

    /** Writes a {@code struct pollfd}: descriptor, requested events, returned events. */
    private static void writePollfd(MemorySegment polled, long offset, Fd fd) {
        polled.set(ValueLayout.JAVA_INT, offset, fd.number());
        polled.set(ValueLayout.JAVA_SHORT, offset + 4, (short) POLLIN);
    }
}
