package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor, always close-on-exec. Closing it again has no effect. */
public final class Fd implements AutoCloseable {

    /** Access modes and flags of open(2), include/uapi/asm-generic/fcntl.h. */
    public static final int O_RDONLY = 0;

    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0100;

    /** Do not make the terminal this process's controlling terminal. */
    static final int O_NOCTTY = 0400;

    public static final int O_NONBLOCK = 04000;

    /** Refer to the file only; it can be neither read nor written. */
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
     * @throws ErrnoException when the file cannot be opened
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

    /** Returns the descriptor's number, valid until {@link #close()}. */
    public int number() {
        return number;
    }

    /**
     * Reads once into the buffer: read(2).
     *
     * @return the number of bytes; 0 at the end of the file
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

    /** Writes all bytes in one write(2), as packet devices require. */
    public void write(byte[] bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            Syscall.WRITE.call("write", number, memory.address(), memory.byteSize());
        }
    }

    /** Returns this file's name as long as it is open, also when its path is hidden by a mount. */
    Path path() {
        return Path.of("/proc/self/fd", Integer.toString(number));
    }

    /** Creates an empty file or directory, of this file's type, on which it can be mounted. */
    void makeMountPoint(Path target) throws IOException {
        if (Files.isDirectory(path())) {
            Files.createDirectories(target);
        } else {
            Files.createDirectories(target.resolveSibling(".").normalize());
            Files.createFile(target);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Syscall.CLOSE.raw(number);
        }
    }
}
