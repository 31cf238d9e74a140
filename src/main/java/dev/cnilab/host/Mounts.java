package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** mount(2) and umount2(2), in the mount namespace of the calling thread. */
public final class Mounts {

    // include/uapi/linux/mount.h
    private static final long MS_BIND = 4096;
    private static final long MS_REC = 16384;
    private static final long MS_SLAVE = 1 << 19;
    private static final long MS_SHARED = 1 << 20;
    private static final int MNT_DETACH = 2;
    private static final int CLONE_NEWNS = 0x00020000;

    private static final int AT_FDCWD = -100;
    private static final int AT_RECURSIVE = 0x8000;
    private static final long MOUNT_ATTR_RDONLY = 1;

    /** {@code struct mount_attr}: four fields of 64 bits, of which the first is what to set. */
    private static final long MOUNT_ATTR_BYTES = 32;

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    private Mounts() {}

    /**
     * Bind-mounts a file or a directory, with the mounts below it, on a target of the same type.
     */
    public static void bind(Path source, Path target) throws IOException {
        mount(source.toString(), target, "none", MS_BIND | MS_REC, "");
    }

    /** Bind-mounts an open file, even when its path is hidden by now. */
    static void bind(Fd source, Path target) throws IOException {
        bind(source.path(), target);
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

    /** Makes a mount and those below it read-only (mount_setattr(2), Linux 5.12). */
    static void makeReadOnly(Path target) throws IOException {
        setReadOnly(target, AT_RECURSIVE);
    }

    /**
     * Makes everything that the calling thread sees read-only.
     *
     * @param writable mount points that stay as they are, with the mounts below them
     */
    static void makeRootReadOnly(Collection<Path> writable) throws IOException {
        for (Path mount : mountPoints()) {
            if (writable.stream().noneMatch(mount::startsWith)) {
                makeReadOnlyIfVisible(mount);
            }
        }
    }

    private static void makeReadOnlyIfVisible(Path mount) throws IOException {
        try {
            setReadOnly(mount, 0);
        } catch (ErrnoException e) {
            // Not a mount point: another mount, itself in the list, hides it.
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
        }
    }

    /** Returns the mount points below the thread's root (proc_pid_mountinfo(5), field 5). */
    private static List<Path> mountPoints() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/mountinfo")).stream()
                .map(line -> Path.of(unescape(line.split(" ")[4])))
                .filter(Files::exists)
                .toList();
    }

    /** Replaces the octal escapes of space, tab, line feed and backslash. */
    private static String unescape(String text) {
        return OCTAL.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(found.group(1), 8))));
    }

    private static void setReadOnly(Path target, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(MOUNT_ATTR_BYTES, 8);
            attributes.set(ValueLayout.JAVA_LONG, 0, MOUNT_ATTR_RDONLY);
            Syscall.MOUNT_SETATTR.call(
                    "make " + target + " read-only",
                    AT_FDCWD,
                    arena.allocateFrom(target.toString()).address(),
                    flags,
                    attributes.address(),
                    MOUNT_ATTR_BYTES);
        }
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
