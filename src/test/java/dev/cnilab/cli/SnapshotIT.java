package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Sysctl;
import dev.cnilab.netlink.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planted leak of each kind shows in the difference, and nothing else. */
class SnapshotIT {

    @TempDir private Path state;
    private Machine machine;

    @BeforeEach
    void start() throws Exception {
        machine = Machine.start(state);
    }

    @AfterEach
    void end() throws Exception {
        machine.close();
    }

    @Test
    void withoutAChangeThereIsNoDifference() throws Exception {
        Snapshot.of(machine).assertSameOn(machine);
    }

    @Test
    void everyLeakIsDetected() throws Exception {
        Snapshot before = Snapshot.of(machine);

        Scene.in(machine.network()).bridge("br-leak");
        String other = machine.network().call(SnapshotIT::switchForwarding);
        machine.run("sh", "-c", "sleep 987 >/dev/null 2>&1 &");
        machine.run("mkdir", "/tmp/lab-leak", "/run/lab", "/run/netns");
        machine.run("mount", "-t", "tmpfs", "tmpfs", "/tmp/lab-leak");
        machine.run("sh", "-c", "touch /run/netns/leak && unshare --net=/run/netns/leak true");
        machine.run("sh", "-c", "echo text >/run/lab/record");
        Files.createDirectory(state.resolve("lab"));

        assertThat(before.difference(Snapshot.of(machine)))
                .anyMatch(line -> line.startsWith("+ link br-leak "))
                .contains("+ sysctl net.ipv4.ip_forward = " + other)
                .anyMatch(line -> line.startsWith("- sysctl net.ipv4.ip_forward = "))
                .anyMatch(line -> line.matches("\\+ process \\d+ sleep 987"))
                .anyMatch(line -> line.startsWith("+ file /tmp/lab-leak rwx"))
                .anyMatch(line -> line.matches("\\+ mount / /tmp/lab-leak .*"))
                .anyMatch(line -> line.matches("\\+ netns leak inode \\d+"))
                .anyMatch(line -> line.startsWith("+ netns leak link lo "))
                .anyMatch(line -> line.startsWith("+ file /run/lab/record rw-r--r-- root 5 bytes"))
                .anyMatch(line -> line.startsWith("+ file " + state.resolve("lab") + " "));
    }

    /** Inverts IP forwarding, since a new namespace inherits the machine's value. */
    private static String switchForwarding() throws IOException {
        Sysctl forward = new Sysctl("net.ipv4.ip_forward");
        forward.write(forward.read().equals("1") ? "0" : "1");
        return forward.read();
    }

    @Test
    void changedFileContentIsDetected() throws Exception {
        machine.run("sh", "-c", "echo one >/run/stranger");
        Snapshot before = Snapshot.of(machine);

        machine.run("sh", "-c", "echo two >/run/stranger");

        assertThat(before.difference(Snapshot.of(machine)))
                .hasSize(2)
                .allMatch(line -> line.contains(" file /run/stranger rw-r--r-- root 4 bytes"));
    }

    @Test
    void temporaryDirectoryIsSeparate() throws Exception {
        machine.run("touch", "/tmp/only-here");

        assertThat(Path.of("/tmp/only-here")).doesNotExist();
    }
}
