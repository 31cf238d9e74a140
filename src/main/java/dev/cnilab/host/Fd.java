package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor, closed once. Always close-on-exec. */
public final class Fd implements AutoCloseable {

    /** Access modes and flags of open(2), include/uapi/asm-generic/fcntl.h. */
    public static final int O_RDONLY = 0;

    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0100;

    /** A terminal does not become this process's own. */
    static final int O_NOCTTY = 0400;

    public static final int O_NONBLOCK = 04000;

    /** The file's place alone, neither read nor written. */
    static final int O_PATH = 010000000;

    private static final int O_CLOEXEC = 02000000;
    private static final int AT_FDCWD = -100;

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    Fd(int number) {
        this.number = number;
    }

    /**
     * @param flags of open(2)
     * @throws ErrnoException when it can't be opened
     */
    public static Fd open(Path path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return new Fd(
                    (int)
                            Syscall.OPENAT.call(
                                    "open " + path,
                                    AT_FDCWD,
                                    arena.allocateFrom(path.toString()).address(),
                                    flags | O_CLOEXEC,
                                    0600));
        }
    }

    /** The descriptor's number, valid until {@link #close()}. */
    public int number() {
        return number;
    }

    /**
     * Reads once into the buffer.
     *
     * @return the number of bytes; 0 at the end
     */
    public int read(byte[] buffer) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(buffer.length);
            int count =
                    (int) Syscall.READ.call("read", number, memory.address(), memory.byteSize());
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, buffer, 0, count);
            return count;
        }
    }

    /** Writes all bytes in one call, as packet devices need it. */
    public void write(byte[] bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            Syscall.WRITE.call("write", number, memory.address(), memory.byteSize());
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Syscall.CLOSE.raw(number);
        }
    }
}
