package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.Sysctl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several labs at the same time. */
class SeveralLabsIT {

    private static final Duration UP = Duration.ofMinutes(4);

    /** A sysctl per network namespace, so that the test does not change the host. */
    private static final Sysctl SYSCTL = new Sysctl("net.core.somaxconn");

    @TempDir private Path folder;

    @Test
    void labsAreIndependentAndTheLastOneRestoresSysctls() throws Exception {
        Path spec = withSysctl(5000, "one.yaml");
        Path other = withSysctl(6000, "other.yaml");
        Files.writeString(
                other,
                Files.readString(other)
                        .replace("172.18.", "172.28.")
                        .replace("fd00:172:18:", "fd00:172:28:")
                        .replace("10.244.0.0/16", "10.144.0.0/16")
                        .replace("10.96.0.0/16", "10.98.0.0/16"));
        try (Machine machine = Machine.start(Files.createDirectory(folder.resolve("state")))) {
            Snapshot before = Snapshot.of(machine);
            machine.network().run(() -> SYSCTL.write("4096"));

            // The same lab under two names at once, and one with other subnets.
            String[] twin = {"up", spec.toString(), "--name", "twin", "--no-verify"};
            Process coming = machine.start(twin);
            succeeds(machine.lab("up", spec.toString(), "--name", "one", "--no-verify"));
            succeeds(Command.await(List.of(twin), coming, UP));
            assertThat(sysctl(machine)).isEqualTo("5000");
            succeeds(machine.lab("up", other.toString(), "--name", "other", "--no-verify"));
            assertThat(sysctl(machine)).isEqualTo("6000");
            for (String lab : List.of("one", "twin", "other")) {
                succeeds(machine.lab("verify", lab, "--step", "^(pod-to-pod|node-port)"));
            }

            succeeds(machine.lab("down", "one"));
            assertThat(sysctl(machine)).isEqualTo("6000");
            succeeds(machine.lab("verify", "twin", "--step", "^pod-to-pod"));
            succeeds(machine.lab("down", "twin"));
            assertThat(sysctl(machine)).isEqualTo("6000");
            succeeds(machine.lab("down", "other"));
            assertThat(sysctl(machine)).isEqualTo("4096");
            before.assertSameOn(machine);
        }
    }

    private Path withSysctl(int minimum, String name) throws Exception {
        String text = Files.readString(Path.of("labs/flannel-ipip.yaml"));
        String changed =
                text.replaceFirst("fs\\.inotify\\.max_user_watches: \\d+", SYSCTL + ": " + minimum);
        assertThat(changed).isNotEqualTo(text);
        return Files.writeString(folder.resolve(name), changed);
    }

    private static String sysctl(Machine machine) throws Exception {
        return machine.network().call(SYSCTL::read);
    }

    private static void succeeds(ExecResult result) {
        assertThat(result.exitCode()).as(result.describe()).isZero();
    }
}
