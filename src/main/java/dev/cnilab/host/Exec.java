package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replaces this process by another program: execve(2). */
public final class Exec {
    // include/uapi/asm-generic/ioctls.h, include/uapi/asm-generic/signal-defs.h
    private static final long TIOCSCTTY = 0x540e;
    private static final long SIG_SETMASK = 2;
    private static final long SIGSET_BYTES = 8;

    private Exec() {}

    /**
     * Executes a program with the given terminal as its controlling terminal, so that Ctrl-C
     * reaches it.
     *
     * @param terminal a device: {@code /dev/pts/3}
     * @return why the program cannot be executed, on the terminal; on success this does not return
     */
    public static NotExecutableException onTerminal(Path terminal, List<String> argv)
            throws IOException {
        Session.begin();
        Fd device = Fd.open(terminal, Fd.O_RDWR);
        Syscall.IOCTL.call("take terminal " + terminal, device.number(), TIOCSCTTY, 0);
        for (int standard = 0; standard <= 2; standard++) {
            Syscall.DUP3.call("duplicate descriptor", device.number(), standard, 0);
        }
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putIfAbsent("TERM", "xterm");
        return exec(argv, variables);
    }

    /**
     * Executes a program in a network namespace, as {@code nsenter --net} does.
     *
     * @return why the program cannot be executed; on success this does not return
     */
    public static NotExecutableException inNetwork(NetNamespace network, List<String> argv)
            throws IOException {
        // execve makes the calling thread, which has joined the namespace, the process's main one.
        return network.call(() -> exec(argv, System.getenv()));
    }

    private static NotExecutableException exec(List<String> argv, Map<String, String> variables)
            throws IOException {
        Path program;
        try {
            program = SearchPath.of(variables).require(argv.getFirst());
        } catch (NotExecutableException e) {
            return e;
        }
        List<String> environment = variables.entrySet().stream().map(Exec::assignment).toList();
        try (Arena arena = Arena.ofConfined()) {
            // The JVM's threads block signals, and the signal mask is inherited across execve.
            MemorySegment none = arena.allocate(SIGSET_BYTES, 8);
            Syscall.RT_SIGPROCMASK.call(
                    "unblock signals", SIG_SETMASK, none.address(), 0, SIGSET_BYTES);
            Syscall.EXECVE.call(
                    "run " + program,
                    arena.allocateFrom(program.toString()).address(),
                    strings(arena, argv).address(),
                    strings(arena, environment).address());
            throw new IllegalStateException("execve(2) returned without an error");
        }
    }

    private static String assignment(Map.Entry<String, String> variable) {
        return variable.getKey() + "=" + variable.getValue();
    }

    /** Allocates a null-terminated array of C strings. */
    private static MemorySegment strings(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return array;
    }
}
