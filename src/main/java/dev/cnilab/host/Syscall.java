package dev.cnilab.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * System calls by number, all through one downcall handle of libc's {@code long syscall(long
 * number, ...)}. Numbers: arch/x86/entry/syscalls/syscall_64.tbl and
 * include/uapi/asm-generic/unistd.h (aarch64).
 */
enum Syscall {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    RT_SIGPROCMASK(14, 135),
    IOCTL(16, 29),
    SOCKET(41, 198),
    CONNECT(42, 203),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    RECVMSG(47, 212),
    BIND(49, 200),
    GETSOCKNAME(51, 204),
    SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209),
    EXECVE(59, 221),
    FLOCK(73, 32),
    CHDIR(80, 49),
    SETSID(112, 157),
    SETGROUPS(116, 159),
    SETRESUID(117, 147),
    SETRESGID(119, 149),
    CAPSET(126, 91),
    PRCTL(157, 167),
    CHROOT(161, 51),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    SETHOSTNAME(170, 161),
    OPENAT(257, 56),
    PPOLL(271, 73),
    UNSHARE(272, 97),
    EVENTFD2(290, 19),
    DUP3(292, 24),
    SETNS(308, 268),
    SECCOMP(317, 277),
    MOUNT_SETATTR(442, 442);

    static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
    private static final MethodHandle SYSCALL =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                            FunctionDescriptor.of(
                                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                    JAVA_LONG, JAVA_LONG, JAVA_LONG),
                            Linker.Option.captureCallState("errno"),
                            Linker.Option.firstVariadicArg(1));

    private final int x86;
    private final int arm;

    Syscall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    /**
     * Executes the call once.
     *
     * @param args up to six; missing ones are 0
     * @return the result, or the negative error number
     */
    long raw(long... args) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO);
            long result =
                    (long)
                            SYSCALL.invokeExact(
                                    errno,
                                    (long) (ARM ? arm : x86),
                                    arg(args, 0),
                                    arg(args, 1),
                                    arg(args, 2),
                                    arg(args, 3),
                                    arg(args, 4),
                                    arg(args, 5));
            return result == -1 ? -errno.get(JAVA_INT, 0) : result;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("syscall does not throw", e);
        }
    }

    /**
     * Executes the call, and again while a signal interrupts it.
     *
     * @param operation what the caller attempts, for the error message
     * @throws ErrnoException when the call fails
     */
    long call(String operation, long... args) throws ErrnoException {
        long result = raw(args);
        while (result == -Errno.EINTR.number()) {
            result = raw(args);
        }
        if (result < 0) {
            throw new ErrnoException(operation, (int) -result);
        }
        return result;
    }

    private static long arg(long[] args, int index) {
        return index < args.length ? args[index] : 0;
    }
}
