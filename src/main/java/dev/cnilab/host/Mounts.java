package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** mount(2) and umount2(2), in the mount namespace of the calling thread. */
public final class Mounts {

    // include/uapi/linux/mount.h
    private static final long MS_BIND = 4096;
    private static final long MS_REC = 16384;
    private static final long MS_SLAVE = 1 << 19;
    private static final long MS_SHARED = 1 << 20;
    private static final int MNT_DETACH = 2;
    private static final int CLONE_NEWNS = 0x00020000;

    private Mounts() {}

    /**
     * Bind-mounts a file or a directory, with the mounts below it, on a target of the same type.
     */
    public static void bind(Path source, Path target) throws IOException {
        mount(source.toString(), target, "none", MS_BIND | MS_REC, "");
    }

    /** Bind-mounts an open file, even when its path is hidden by now. */
    static void bind(Fd source, Path target) throws IOException {
        bind(Path.of("/proc/self/fd", Integer.toString(source.number())), target);
    }

    public static void tmpfs(Path target) throws IOException {
        mount("tmpfs", target, "tmpfs", 0, "mode=0755");
    }

    /** Mounts sysfs on /sys, so that /sys/class/net shows the caller's network namespace. */
    static void sysfs() throws IOException {
        detach(Path.of("/sys"));
        mount("sysfs", Path.of("/sys"), "sysfs", 0, "");
    }

    /** Mounts an overlay with a writable layer over a directory, which itself stays unchanged. */
    public static void overlay(Path target, Path upper, Path work) throws IOException {
        mount(
                "overlay",
                target,
                "overlay",
                0,
                "lowerdir=" + target + ",upperdir=" + upper + ",workdir=" + work);
    }

    /**
     * Unmounts lazily: now, or when the last user is gone. A target that is not mounted is no
     * error.
     */
    public static void detach(Path target) throws IOException {
        unmount(target, MNT_DETACH);
    }

    /**
     * Unmounts the target unless it is in use, for example by a mount below it. A target that is
     * not mounted is no error.
     *
     * @return whether it is not mounted any more
     */
    static boolean unmountUnused(Path target) throws IOException {
        try {
            unmount(target, 0);
            return true;
        } catch (ErrnoException e) {
            if (e.is(Errno.EBUSY)) {
                return false;
            }
            throw e;
        }
    }

    private static void unmount(Path target, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Syscall.UMOUNT2.call(
                    "umount " + target, arena.allocateFrom(target.toString()).address(), flags);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    /**
     * Gives the calling thread, and the processes it starts, a private mount namespace. Only for a
     * thread that ends afterwards.
     */
    static void unshare() throws IOException {
        Syscall.UNSHARE.call("unshare mount namespace", CLONE_NEWNS);
        mount("none", Path.of("/"), "none", MS_REC | MS_SLAVE, "");
    }

    /** Makes mounts below a mount point propagate to other mount namespaces that have it. */
    public static void makeShared(Path target) throws IOException {
        mount("none", target, "none", MS_SHARED, "");
    }

    private static void mount(String source, Path target, String type, long flags, String data)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment options = data.isEmpty() ? MemorySegment.NULL : arena.allocateFrom(data);
            Syscall.MOUNT.call(
                    "mount " + type + " on " + target,
                    arena.allocateFrom(source).address(),
                    arena.allocateFrom(target.toString()).address(),
                    arena.allocateFrom(type).address(),
                    flags,
                    options.address());
        }
    }
}
