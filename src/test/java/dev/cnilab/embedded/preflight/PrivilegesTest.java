package dev.cnilab.embedded.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.preflight.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivilegesTest {

    private static final String ALL = "000001ffffffffff";
    private static final String WITHOUT_SYS_ADMIN = "000001ffffdfffff";
    private static final String NONE = "0000000000000000";
    private static final String HERE = "         0          0 4294967295\n";
    private static final String USER_NAMESPACE = "         0       1000          1\n";

    @TempDir private Path proc;
    private Command user = Command.of("true");

    @Test
    void acceptsRoot() throws IOException {
        assertThat(inspect("0", ALL, HERE)).isEqualTo(new Finding.Ok("root"));
    }

    @Test
    void acceptsRootOfAUserNamespace() throws IOException {
        assertThat(inspect("0", ALL, USER_NAMESPACE))
                .isEqualTo(new Finding.Ok("root of a user namespace"));
    }

    @Test
    void detectsMissingCapabilitiesInAContainer() throws IOException {
        assertThat(inspect("0", WITHOUT_SYS_ADMIN, HERE))
                .isInstanceOf(Finding.Missing.class)
                .extracting(Finding::seen)
                .isEqualTo("root with capabilities 0x" + WITHOUT_SYS_ADMIN);
    }

    @Test
    void suggestsAUserNamespaceToUsers() throws IOException {
        assertThat(inspect("1000", NONE, HERE))
                .isEqualTo(new Finding.Ok("not root; lab runs as root of a user namespace"));
    }

    @Test
    void reportsTheRefusalOfAUserNamespace() throws IOException {
        user = Command.of("sh", "-c", "echo not permitted >&2; exit 1");
        assertThat(inspect("1000", NONE, HERE))
                .isInstanceOfSatisfying(
                        Finding.Missing.class,
                        missing -> {
                            assertThat(missing.seen())
                                    .startsWith("not root; ")
                                    .contains("not permitted");
                            assertThat(missing.remedy().text())
                                    .isEqualTo("run it as root: put sudo -E before the command");
                        });
    }

    @Test
    void reportsThatUnshareIsMissing() throws IOException {
        user = Command.of("/nowhere/unshare");
        assertThat(inspect("1000", NONE, HERE))
                .isInstanceOf(Finding.Missing.class)
                .extracting(Finding::seen)
                .asString()
                .contains("/nowhere/unshare");
    }

    private Finding inspect(String uid, String capabilities, String map) throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(
                proc.resolve("self/status"),
                "Name:\tjava\nUid:\t500\t%s\t500\t500\nCapEff:\t%s\n".formatted(uid, capabilities));
        Files.writeString(proc.resolve("self/uid_map"), map);
        return new Privileges(proc, user).inspect();
    }
}
