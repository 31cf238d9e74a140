package dev.cnilab.embedded.preflight;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks for the privilege to create namespaces, mounts, links and raw sockets: root's, here or in
 * a user namespace.
 *
 * @param proc where proc(5) is mounted
 * @param user creates a user namespace
 */
public record Privileges(Path proc, Command user) implements Inspection {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** include/uapi/linux/capability.h: CAP_NET_ADMIN, CAP_NET_RAW, CAP_SYS_ADMIN. */
    private static final long CAPABILITIES = 1L << 12 | 1L << 13 | 1L << 21;

    private static final String AS_ROOT = "run it as root: put sudo -E before the command";

    /** The mapping of the initial user namespace, user_namespaces(7): every user ID to itself. */
    private static final List<String> INITIAL_NAMESPACE = List.of("0", "0", "4294967295");

    /**
     * Returns a command that runs another as root of a new user namespace, with mounts of its own.
     */
    public static Command asRoot(String... argv) {
        return Command.of(
                Stream.concat(
                                Stream.of("unshare", "-Urm", "--propagation=private"),
                                Stream.of(argv))
                        .toList());
    }

    @Override
    public Finding inspect() throws IOException {
        long effective = Long.parseUnsignedLong(status("CapEff"), 16);
        boolean root = status("Uid").split("\\s+")[1].equals("0");
        if (!root) {
            return ofUser();
        }
        if ((effective & CAPABILITIES) != CAPABILITIES) {
            return new Finding.Missing(
                    "root with capabilities 0x" + status("CapEff"),
                    "the embedded cluster creates network namespaces and mounts, which requires root or"
                            + " CAP_NET_ADMIN, CAP_NET_RAW and CAP_SYS_ADMIN",
                    AS_ROOT);
        }
        String map = Files.readString(proc.resolve("self/uid_map")).strip();
        return new Finding.Ok(
                List.of(map.split("\\s+")).equals(INITIAL_NAMESPACE)
                        ? "root"
                        : "root of a user namespace");
    }

    /** Tries it: distributions restrict user namespaces in many ways. */
    private Finding ofUser() {
        String refusal;
        try {
            ExecResult result = user.run(TIMEOUT);
            if (result.ok()) {
                return new Finding.Ok("not root; lab runs as root of a user namespace");
            }
            refusal = result.describe();
        } catch (IOException e) {
            refusal = String.valueOf(e.getMessage());
        }
        return new Finding.Missing(
                "not root; " + refusal,
                "the embedded cluster needs root, and this machine does not let this user create user"
                        + " namespaces",
                AS_ROOT);
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
