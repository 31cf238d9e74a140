package dev.cnilab.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a process may do: the credentials, capabilities and system calls that it starts with.
 *
 * @param groups supplementary
 * @param capabilities the bounding set; a process of user 0 has them, one of another user none
 *     until it executes a program that gives them
 * @param noNewPrivileges programs that it executes give it neither capabilities nor another user
 * @param systemCalls those that the process may call
 */
public record ProcessPrivileges(
        int user,
        int group,
        List<Integer> groups,
        Set<Capability> capabilities,
        boolean noNewPrivileges,
        SystemCalls systemCalls) {

    /** Which system calls are allowed. */
    public enum SystemCalls {
        /** All. */
        UNCONFINED,
        /** Those that container runtimes allow by default ({@link SeccompFilter}). */
        RUNTIME_DEFAULT
    }

    // include/uapi/linux/prctl.h, include/uapi/linux/capability.h
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int LINUX_CAPABILITY_VERSION_3 = 0x20080522;

    private static final Path SELF = Path.of("/proc/self");

    public ProcessPrivileges {
        groups = List.copyOf(groups);
        capabilities = Set.copyOf(capabilities);
    }

    /**
     * Returns why this process cannot give these privileges: without root it runs in a user
     * namespace, which need not have every user and group (user_namespaces(7)).
     */
    public Optional<String> refusal() throws IOException {
        if (!isMapped("uid_map", user)) {
            return Optional.of("user " + user + " does not exist in lab's user namespace");
        }
        if (!isMapped("gid_map", group)) {
            return Optional.of("group " + group + " does not exist in lab's user namespace");
        }
        if (!groups.isEmpty() && !canSetGroups()) {
            return Optional.of("lab's user namespace does not allow supplementary groups");
        }
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        missing.addAll(capabilities);
        missing.removeAll(Capability.permitted());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("lab itself does not have the capabilities " + missing);
    }

    /**
     * Gives up all other privileges, for the calling thread and the processes that it starts; only
     * for a thread that ends afterwards. Credentials are a thread's (credentials(7)).
     */
    void apply() throws IOException {
        // First: without no_new_privs the filter takes CAP_SYS_ADMIN.
        switch (systemCalls) {
            case UNCONFINED -> {}
            case RUNTIME_DEFAULT -> SeccompFilter.without(capabilities).install();
        }
        for (Capability dropped : EnumSet.allOf(Capability.class)) {
            if (!capabilities.contains(dropped)) {
                dropFromBoundingSet(dropped);
            }
        }
        setIds();
        setCapabilities(user == 0 ? Capability.mask(capabilities) : 0);
        if (noNewPrivileges) {
            Syscall.PRCTL.call("set no_new_privs", PR_SET_NO_NEW_PRIVS, 1);
        }
    }

    private static void dropFromBoundingSet(Capability dropped) throws IOException {
        try {
            Syscall.PRCTL.call("drop CAP_" + dropped, PR_CAPBSET_DROP, dropped.number());
        } catch (ErrnoException e) {
            // The kernel is older than the capability.
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
        }
    }

    private void setIds() throws IOException {
        if (canSetGroups()) {
            try (Arena arena = Arena.ofConfined()) {
                int[] list = groups.stream().mapToInt(Integer::intValue).toArray();
                MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_INT, list);
                Syscall.SETGROUPS.call("set groups " + groups, list.length, memory.address());
            }
        }
        Syscall.SETRESGID.call("become group " + group, group, group, group);
        Syscall.SETRESUID.call("become user " + user, user, user, user);
    }

    /** Sets the effective and permitted set; nothing is inheritable. */
    private static void setCapabilities(long mask) throws IOException {
        int low = (int) mask;
        int high = (int) (mask >>> Integer.SIZE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header =
                    arena.allocateFrom(ValueLayout.JAVA_INT, LINUX_CAPABILITY_VERSION_3, 0);
            MemorySegment data =
                    arena.allocateFrom(ValueLayout.JAVA_INT, low, low, 0, high, high, 0);
            Syscall.CAPSET.call("set capabilities", header.address(), data.address());
        }
    }

    private static boolean canSetGroups() throws IOException {
        return !Files.readString(SELF.resolve("setgroups")).strip().equals("deny");
    }

    /** Checks a map's lines: first inside the namespace, first outside, count. */
    private static boolean isMapped(String map, int id) throws IOException {
        return Files.readAllLines(SELF.resolve(map)).stream()
                .map(line -> line.strip().split(" +"))
                .anyMatch(range -> {
                    long offset = id - Long.parseLong(range[0]);
                    return offset >= 0 && offset < Long.parseLong(range[2]);
                });
    }
}
