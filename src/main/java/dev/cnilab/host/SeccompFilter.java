package dev.cnilab.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A filter for system calls (seccomp(2)): those that containerd blocks by default fail with EPERM.
 * Those that are newer than this list fail with ENOSYS, as on an older kernel, and so does clone3,
 * whose flags a filter cannot read.
 *
 * @param program the instructions, {@code struct sock_filter} each
 */
record SeccompFilter(List<Long> program) {

    // include/uapi/linux/seccomp.h, include/uapi/linux/filter.h, include/uapi/linux/audit.h
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int RET_ERRNO = 0x00050000;
    private static final int RET_ALLOW = 0x7fff0000;
    private static final int EPERM = Errno.EPERM.number();
    private static final int ENOSYS = 38;
    private static final int LOAD = 0x20;
    private static final int RETURN = 0x06;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER = 0x25;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int AUDIT_ARCH = Syscall.ARM ? 0xc00000b7 : 0xc000003e;

    /** Offsets in {@code struct seccomp_data}; the last is the first argument's lower half. */
    private static final int NUMBER = 0;

    private static final int ARCHITECTURE = 4;
    private static final int ARGUMENT = 16;

    private static final int CLONE = Syscall.ARM ? 220 : 56;
    private static final int CLONE3 = 435;
    private static final int PERSONALITY = Syscall.ARM ? 92 : 135;

    /** set_mempolicy_home_node: the newest call of Linux 6.1, on every architecture. */
    private static final int NEWEST = 450;

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
    private static final int NEW_NAMESPACES = 0x7e020000;

    /** PER_LINUX, PER_LINUX32, both with UNAME26, and the query (personality(2)). */
    private static final List<Integer> PERSONALITIES = List.of(0, 8, 0x20000, 0x20008, -1);

    private static final List<Blocked> BLOCKED = read();

    /**
     * A line of the list.
     *
     * @param number empty where this architecture lacks the call
     * @param allowedBy capabilities, each of which allows it
     */
    private record Blocked(OptionalInt number, List<Capability> allowedBy) {

        static Blocked parse(String line) {
            String[] words = line.split(" ");
            String number = words[Syscall.ARM ? 2 : 1];
            return new Blocked(
                    number.equals("-")
                            ? OptionalInt.empty()
                            : OptionalInt.of(Integer.parseInt(number)),
                    words[3].equals("-")
                            ? List.of()
                            : Arrays.stream(words[3].split(",")).map(Capability::valueOf).toList());
        }
    }

    /**
     * Returns the filter for a process.
     *
     * @param capabilities which it has; they allow the calls that they are for
     */
    static SeccompFilter without(Set<Capability> capabilities) {
        List<Long> program = new ArrayList<>();
        program.add(instruction(LOAD, 0, 0, ARCHITECTURE));
        unless(program, JUMP_EQUAL, AUDIT_ARCH, ENOSYS);
        program.add(instruction(LOAD, 0, 0, NUMBER));
        when(program, JUMP_GREATER, NEWEST, ENOSYS);
        if (!capabilities.contains(Capability.SYS_ADMIN)) {
            when(program, JUMP_EQUAL, CLONE3, ENOSYS);
            program.add(instruction(JUMP_EQUAL, 0, 4, CLONE));
            program.add(instruction(LOAD, 0, 0, ARGUMENT));
            when(program, JUMP_ANY_BIT, NEW_NAMESPACES, EPERM);
            program.add(instruction(RETURN, 0, 0, RET_ALLOW));
        }
        BLOCKED.stream()
                .filter(call -> call.allowedBy().stream().noneMatch(capabilities::contains))
                .flatMapToInt(call -> call.number().stream())
                .forEach(number -> when(program, JUMP_EQUAL, number, EPERM));
        program.add(instruction(JUMP_EQUAL, 1, 0, PERSONALITY));
        program.add(instruction(RETURN, 0, 0, RET_ALLOW));
        program.add(instruction(LOAD, 0, 0, ARGUMENT));
        for (int allowed : PERSONALITIES) {
            program.add(instruction(JUMP_EQUAL, 0, 1, allowed));
            program.add(instruction(RETURN, 0, 0, RET_ALLOW));
        }
        program.add(instruction(RETURN, 0, 0, RET_ERRNO | EPERM));
        return new SeccompFilter(program);
    }

    /** Filters the calling thread and the processes that it starts, from now on. */
    void install() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long[] instructions = program.stream().mapToLong(Long::longValue).toArray();
            MemorySegment filter = arena.allocateFrom(ValueLayout.JAVA_LONG, instructions);
            // struct sock_fprog: the count, padding, and a pointer
            MemorySegment header = arena.allocate(16, 8);
            header.set(ValueLayout.JAVA_SHORT, 0, (short) instructions.length);
            header.set(ValueLayout.ADDRESS, 8, filter);
            Syscall.SECCOMP.call(
                    "filter system calls", SECCOMP_SET_MODE_FILTER, 0, header.address());
        }
    }

    private static void when(List<Long> program, int jump, int value, int errno) {
        program.add(instruction(jump, 0, 1, value));
        program.add(instruction(RETURN, 0, 0, RET_ERRNO | errno));
    }

    private static void unless(List<Long> program, int jump, int value, int errno) {
        program.add(instruction(jump, 1, 0, value));
        program.add(instruction(RETURN, 0, 0, RET_ERRNO | errno));
    }

    /** Encodes {@code struct sock_filter}: code (16 bits), the two jumps (8 each), value (32). */
    private static long instruction(int code, int then, int otherwise, int value) {
        return code | (long) then << 16 | (long) otherwise << 24 | (long) value << 32;
    }

    private static List<Blocked> read() {
        InputStream stream =
                Objects.requireNonNull(
                        SeccompFilter.class.getResourceAsStream("blocked-syscalls.txt"));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).map(Blocked::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
