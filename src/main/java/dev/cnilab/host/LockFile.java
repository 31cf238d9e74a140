package dev.cnilab.host;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps other processes waiting as long as it is open. The file is there no longer than that; the
 * lock goes with the process, however that ends.
 */
public final class LockFile implements AutoCloseable {

    // include/uapi/asm-generic/fcntl.h
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path file;
    private final Fd fd;

    private LockFile(Path file, Fd fd) {
        this.file = file;
        this.fd = fd;
    }

    /**
     * Waits until no other process holds it.
     *
     * @param file in a directory that is made when it is missing, its owner's alone
     * @throws InterruptedIOException when the thread is interrupted meanwhile
     */
    public static LockFile hold(Path file) throws IOException {
        // Asked again and again: a thread that sleeps in flock(2) can't be interrupted.
        while (true) {
            Optional<LockFile> held = tryHold(file);
            if (held.isPresent()) {
                return held.get();
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while another process holds " + file);
            }
        }
    }

    /**
     * Holds it unless another process does.
     *
     * @param file in a directory that is made when it is missing, its owner's alone
     */
    public static Optional<LockFile> tryHold(Path file) throws IOException {
        Files.createDirectories(
                file.resolveSibling(".").normalize(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Fd fd;
        try {
            fd = Fd.open(file, Fd.O_RDWR | Fd.O_CREAT);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                // The directory was empty, and another process removed it just now.
                return Optional.empty();
            }
            throw e;
        }
        try {
            if (flock(fd, file) && isCurrent(fd, file)) {
                return Optional.of(new LockFile(file, fd));
            }
        } catch (IOException | RuntimeException e) {
            fd.close();
            throw e;
        }
        fd.close();
        return Optional.empty();
    }

    /** Whether the file that is locked now is still the one that others will find by its name. */
    private static boolean isCurrent(Fd fd, Path file) throws IOException {
        try {
            Path locked = Path.of("/proc/self/fd", Integer.toString(fd.number()));
            return Objects.equals(inode(locked), inode(file));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean flock(Fd fd, Path file) throws IOException {
        try {
            Syscall.FLOCK.call("lock " + file, fd.number(), LOCK_EX | LOCK_NB);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return false;
            }
            throw e;
        }
    }

    private static Object inode(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        fd.close();
    }
}
