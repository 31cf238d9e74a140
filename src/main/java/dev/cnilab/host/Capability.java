package dev.cnilab.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The capabilities of capabilities(7), named without {@code CAP_}, in the order of their numbers
 * (include/uapi/linux/capability.h).
 */
public enum Capability {
    CHOWN,
    DAC_OVERRIDE,
    DAC_READ_SEARCH,
    FOWNER,
    FSETID,
    KILL,
    SETGID,
    SETUID,
    SETPCAP,
    LINUX_IMMUTABLE,
    NET_BIND_SERVICE,
    NET_BROADCAST,
    NET_ADMIN,
    NET_RAW,
    IPC_LOCK,
    IPC_OWNER,
    SYS_MODULE,
    SYS_RAWIO,
    SYS_CHROOT,
    SYS_PTRACE,
    SYS_PACCT,
    SYS_ADMIN,
    SYS_BOOT,
    SYS_NICE,
    SYS_RESOURCE,
    SYS_TIME,
    SYS_TTY_CONFIG,
    MKNOD,
    LEASE,
    AUDIT_WRITE,
    AUDIT_CONTROL,
    SETFCAP,
    MAC_OVERRIDE,
    MAC_ADMIN,
    SYSLOG,
    WAKE_ALARM,
    BLOCK_SUSPEND,
    AUDIT_READ,
    PERFMON,
    BPF,
    CHECKPOINT_RESTORE;

    private static final String PERMITTED = "CapPrm:";

    int number() {
        return ordinal();
    }

    /**
     * Finds a capability by the name that container runtimes take.
     *
     * @param name in any case, with or without {@code CAP_}
     */
    public static Optional<Capability> named(String name) {
        String bare = name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
        return EnumSet.allOf(Capability.class).stream()
                .filter(each -> each.name().equals(bare))
                .findFirst();
    }

    /** Returns the capabilities that this process can give to others. */
    public static Set<Capability> permitted() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(PERMITTED)) {
                return of(Long.parseUnsignedLong(line.substring(PERMITTED.length()).strip(), 16));
            }
        }
        throw new IOException("no " + PERMITTED + " in /proc/self/status");
    }

    /** Returns the set that a mask of {@code /proc/PID/status} stands for. */
    static Set<Capability> of(long mask) {
        Set<Capability> set = EnumSet.noneOf(Capability.class);
        for (Capability each : values()) {
            if ((mask >>> each.number() & 1) == 1) {
                set.add(each);
            }
        }
        return set;
    }

    static long mask(Set<Capability> set) {
        return set.stream().mapToLong(each -> 1L << each.number()).reduce(0, (a, b) -> a | b);
    }
}
