package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Waits for a descriptor to become readable, until {@link #wake} ends them all: closing a
 * descriptor does not by itself end a wait for it.
 */
final class Wakeup implements AutoCloseable {

    // include/uapi/linux/eventfd.h, include/uapi/asm-generic/poll.h
    private static final int EFD_CLOEXEC = 02000000;
    private static final short POLLIN = 1;

    /** {@code struct pollfd}: int fd, short events, short revents. */
    private static final int POLLFD = 8;

    private final Fd event;
    private volatile boolean woken;

    Wakeup() throws IOException {
        event = new Fd((int) Syscall.EVENTFD2.call("eventfd", 0, EFD_CLOEXEC));
    }

    /**
     * Waits until the descriptor has something to read, or an error.
     *
     * @return false once woken
     */
    boolean await(Fd fd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment polled = arena.allocate(2 * POLLFD, 8);
            polled.set(ValueLayout.JAVA_INT, 0, fd.number());
            polled.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            polled.set(ValueLayout.JAVA_INT, POLLFD, event.number());
            polled.set(ValueLayout.JAVA_SHORT, POLLFD + 4, POLLIN);
            Syscall.PPOLL.call("poll", polled.address(), 2, 0, 0);
            return !woken;
        }
    }

    /** Ends the waits of now and later. */
    void wake() throws IOException {
        woken = true;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
            Syscall.WRITE.call("write eventfd", event.number(), one.address(), one.byteSize());
        }
    }

    @Override
    public void close() {
        event.close();
    }
}
