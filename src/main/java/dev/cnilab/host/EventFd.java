package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Waits for a descriptor to have something to read, or for another thread to call it off: closing a
 * descriptor does not wake a thread that waits in the kernel for it.
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
        CALLED_OFF
    }

    private final Fd event;
    private volatile boolean calledOff;

    EventFd() throws IOException {
        event = new Fd((int) Syscall.EVENTFD2.call("eventfd", 0, EFD_CLOEXEC));
    }

    Outcome await(Fd fd, Duration timeout) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment polled = arena.allocate(2 * POLLFD, 8);
            ask(polled, 0, event);
            ask(polled, POLLFD, fd);
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
                    ? Outcome.CALLED_OFF
                    : Outcome.READABLE;
        }
    }

    /** Ends every wait, those to come included; repeatable. */
    synchronized void callOff() {
        if (!calledOff) {
            calledOff = true;
            try {
                event.write(new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
            } catch (IOException e) {
                throw new IllegalStateException("an eventfd takes its first count", e);
            }
        }
    }

    boolean isCalledOff() {
        return calledOff;
    }

    @Override
    public void close() {
        event.close();
    }

    /** {@code struct pollfd}: descriptor, events, returned events. */
    private static void ask(MemorySegment polled, long offset, Fd fd) {
        polled.set(ValueLayout.JAVA_INT, offset, fd.number());
        polled.set(ValueLayout.JAVA_SHORT, offset + 4, (short) POLLIN);
    }
}
