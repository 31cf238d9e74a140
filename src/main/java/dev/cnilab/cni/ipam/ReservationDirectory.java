package dev.cnilab.cni.ipam;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reservations as files in a directory, named after their addresses, as in host-local.
 *
 * <p>A reservation is complete or absent even after a crash. An empty file, as others leave it on a
 * full disk, is a free address. While the directory is open, the file {@code lock} is locked
 * against other processes, and {@code gate} against other threads of this one.
 */
public final class ReservationDirectory implements Reservations {

    private static final String LAST = "last_reserved_ip.0";

    private final Path directory;
    private final FileChannel lock;
    private final ReentrantLock gate;

    private ReservationDirectory(Path directory, FileChannel lock, ReentrantLock gate) {
        this.directory = directory;
        this.lock = lock;
        this.gate = gate;
    }

    /**
     * Waits until no other process or thread has it open.
     *
     * @param gate shared by all threads of this process that open the same directory
     */
    public static ReservationDirectory open(Path directory, ReentrantLock gate) throws IOException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        gate.lock();
        try {
            FileChannel lock =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            try {
                lock.lock();
                return new ReservationDirectory(directory, lock, gate);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            gate.unlock();
            throw e;
        }
    }

    @Override
    public Collection<Reservation> all() throws IOException {
        List<Reservation> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.*.*.*")) {
            for (Path file : files) {
                String text = Files.readString(file);
                Ipv4Address address = address(file);
                if (address != null && !text.isEmpty()) {
                    found.add(Reservation.parse(address, text));
                }
            }
        }
        return found;
    }

    @Override
    public @Nullable Ipv4Address last() throws IOException {
        try {
            return Ipv4Address.parse(Files.readString(directory.resolve(LAST)).strip());
        } catch (NoSuchFileException | IllegalArgumentException e) {
            // It only serves the rotation, which restarts without it.
            return null;
        }
    }

    /** Stores a reservation. Updates {@link #last} first: a crash in between skips an address. */
    @Override
    public void put(Reservation reservation) throws IOException {
        // Written in place and not synced: losing it only restarts the rotation.
        Files.writeString(directory.resolve(LAST), reservation.address().toString());
        Path file = directory.resolve(reservation.address().toString());
        deleteIfEmpty(file);
        AtomicFile.ownerOnly(file).create(reservation.format());
    }

    @Override
    public void remove(Ipv4Address address) throws IOException {
        Files.deleteIfExists(directory.resolve(address.toString()));
    }

    @Override
    public void close() throws IOException {
        try {
            lock.close();
        } finally {
            gate.unlock();
        }
    }

    /** Returns the address that a file is named after; null for any other file. */
    private static @Nullable Ipv4Address address(Path file) {
        try {
            return Ipv4Address.parse(file.getFileName().toString());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void deleteIfEmpty(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) == 0) {
            Files.delete(file);
        }
    }
}
