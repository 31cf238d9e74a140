package dev.cnilab.cli;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.base.Failure;
import dev.cnilab.embedded.preflight.Privileges;
import dev.cnilab.host.Command;
import dev.cnilab.host.LockFile;
import dev.cnilab.host.ProcessIdentity;
import dev.cnilab.image.OwnImage;
import dev.cnilab.lifecycle.StateHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs a command for a user who is not root: again, as root of a user namespace
 * (user_namespaces(7)) with its own mount namespace and /run. A sleeping process keeps the
 * namespaces from the first command until the last lab is deleted.
 */
final class Rootless {

    /**
     * The script of the process that keeps the namespaces; prints {@code kept} when they are ready.
     */
    private static final String KEEP =
            "mount -t tmpfs -o mode=755 tmpfs /run && echo kept && exec sleep infinity >&2";

    private static final String KEPT = "kept\n";
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final StateHome home;

    Rootless(StateHome home) {
        this.home = home;
    }

    static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /**
     * Runs the program on this terminal and waits for its exit.
     *
     * @return its exit code
     * @throws Failure if its namespaces cannot be prepared
     */
    int run(List<String> args) throws IOException {
        List<String> argv =
                new ArrayList<>(List.of("nsenter", "--preserve-credentials", "-U", "-m"));
        argv.addAll(List.of("-t", Long.toString(keeper().pid()), "--"));
        argv.addAll(OwnImage.program());
        argv.addAll(args);
        try {
            return Command.of(argv).runInPlace();
        } finally {
            release();
        }
    }

    private ProcessIdentity keeper() throws IOException {
        try (LockFile _ = lock()) {
            Optional<ProcessIdentity> known = known();
            return known.isPresent() ? known.get() : start();
        }
    }

    private Optional<ProcessIdentity> known() throws IOException {
        if (Files.notExists(record())) {
            return Optional.empty();
        }
        String[] words = Files.readString(record()).strip().split(" ");
        return Optional.of(new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1])))
                .filter(ProcessIdentity::isAlive);
    }

    private ProcessIdentity start() throws IOException {
        // In its own session, so that it does not receive Ctrl-C.
        Process process =
                Command.of(
                                Stream.concat(
                                                Stream.of("setsid"),
                                                Privileges.asRoot("sh", "-c", KEEP).argv().stream())
                                        .toList())
                        .start();
        byte[] word = process.getInputStream().readNBytes(KEPT.length());
        if (!new String(word, StandardCharsets.US_ASCII).equals(KEPT)) {
            String reason =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new Failure(
                    Failure.Kind.PREFLIGHT,
                    "not-root",
                    "the embedded cluster needs root, and its user namespace can't be prepared",
                    reason.strip(),
                    "run it as root: put sudo -E before the command");
        }
        ProcessIdentity keeper =
                ProcessIdentity.of(process.pid())
                        .orElseThrow(() ->
                                new IOException("the process that keeps the namespaces exited"));
        AtomicFile.ownerOnly(record()).write(keeper.pid() + " " + keeper.startTime() + "\n");
        return keeper;
    }

    /** Ends the namespaces if no lab is left. */
    private void release() throws IOException {
        try (LockFile _ = lock()) {
            if (home.labs().isEmpty()) {
                Optional<ProcessIdentity> keeper = known();
                if (keeper.isPresent()) {
                    keeper.get().end(GRACE);
                }
                Files.deleteIfExists(record());
            }
        }
        home.prune();
    }

    private LockFile lock() throws IOException {
        return LockFile.hold(home.path().resolve("rootless.lock"));
    }

    private Path record() {
        return home.path().resolve("rootless");
    }
}
