package dev.cnilab.embedded.preflight;

import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Checks for the privilege to create namespaces, mounts, links and raw sockets: root's, here or in
 * a user namespace.
 *
 * @param proc where proc(5) is mounted
 */
record Privileges(Path proc) implements Inspection {

    /** include/uapi/linux/capability.h: CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN. */
    private static final long CAPABILITIES = 1L << 12 | 1L << 13 | 1L << 21;

    /** The mapping of the initial user namespace, user_namespaces(7): every user ID to itself. */
    private static final List<String> INITIAL_NAMESPACE = List.of("0", "0", "4294967295");

    @Override
    public Finding inspect() throws IOException {
        long effective = Long.parseUnsignedLong(status("CapEff"), 16);
        boolean root = status("Uid").split("\\s+")[1].equals("0");
        if (!root && allowsUserNamespaces()) {
            return new Finding.Ok("not root; lab runs as root of a user namespace");
        }
        if (!root || (effective & CAPABILITIES) != CAPABILITIES) {
            return new Finding.Missing(
                    (root ? "root" : "not root") + " with capabilities 0x" + status("CapEff"),
                    "the embedded cluster creates network namespaces and mounts, which requires root or"
                            + " CAP_NET_ADMIN, CAP_NET_RAW and CAP_SYS_ADMIN",
                    "sudo -E lab up");
        }
        String map = Files.readString(proc.resolve("self/uid_map")).strip();
        return new Finding.Ok(
                List.of(map.split("\\s+")).equals(INITIAL_NAMESPACE)
                        ? "root"
                        : "root of a user namespace");
    }

    /**
     * Checks whether users may create user namespaces: settings of Debian, Ubuntu and the kernel.
     */
    private boolean allowsUserNamespaces() throws IOException {
        return !setting("user/max_user_namespaces").equals(Optional.of("0"))
                && !setting("kernel/unprivileged_userns_clone").equals(Optional.of("0"))
                && !setting("kernel/apparmor_restrict_unprivileged_userns")
                        .equals(Optional.of("1"));
    }

    private Optional<String> setting(String name) throws IOException {
        Path file = proc.resolve("sys").resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private String status(String field) throws IOException {
        for (String line : Files.readAllLines(proc.resolve("self/status"))) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1).strip();
            }
        }
        throw new IOException("no " + field + " in /proc/self/status");
    }
}
