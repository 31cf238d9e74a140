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
 * An exclusive lock between processes, held while this object is open. Closing removes the file;
 * the kernel releases the lock when the process exits for any reason.
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
     * Waits until no other process holds the lock, then takes it.
     *
     * @param file created if missing; its directory is created with mode 0700 if missing
     * @throws InterruptedIOException when the thread is interrupted meanwhile
     */
    public static LockFile hold(Path file) throws IOException {
        // Polled: a thread that is blocked in flock(2) cannot be interrupted.
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
     * Takes the lock unless another process holds it.
     *
     * @param file created if missing; its directory is created with mode 0700 if missing
     * @return empty when another process holds it
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
                // The directory was empty, and another process has just removed it.
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

    /** Checks whether the locked file still is the one that other processes find under its name. */
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
