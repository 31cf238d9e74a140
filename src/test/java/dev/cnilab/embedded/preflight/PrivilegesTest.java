package dev.cnilab.embedded.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.preflight.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivilegesTest {

    private static final String ALL = "000001ffffffffff";
    private static final String WITHOUT_SYS_ADMIN = "000001ffffdfffff";
    private static final String HERE = "         0          0 4294967295\n";
    private static final String USER_NAMESPACE = "         0       1000          1\n";

    @TempDir private Path proc;

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
        setting("user/max_user_namespaces", "96365\n");
        assertThat(inspect("1000", "0000000000000000", HERE))
                .isEqualTo(new Finding.Ok("not root; lab runs as root of a user namespace"));
    }

    @Test
    void detectsThatUserNamespacesAreDisabled() throws IOException {
        setting("user/max_user_namespaces", "0\n");
        assertThat(remedyForUser()).isEqualTo("sudo -E lab up");
    }

    @Test
    void detectsDebiansRestriction() throws IOException {
        setting("kernel/unprivileged_userns_clone", "0\n");
        assertThat(remedyForUser()).isEqualTo("sudo -E lab up");
    }

    @Test
    void detectsUbuntusRestriction() throws IOException {
        setting("kernel/apparmor_restrict_unprivileged_userns", "1\n");
        assertThat(remedyForUser()).isEqualTo("sudo -E lab up");
    }

    private String remedyForUser() throws IOException {
        Finding finding = inspect("1000", "0000000000000000", HERE);
        assertThat(finding).isInstanceOf(Finding.Missing.class);
        return ((Finding.Missing) finding).remedy();
    }

    private Finding inspect(String uid, String capabilities, String map) throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(
                proc.resolve("self/status"),
                "Name:\tjava\nUid:\t500\t%s\t500\t500\nCapEff:\t%s\n".formatted(uid, capabilities));
        Files.writeString(proc.resolve("self/uid_map"), map);
        return new Privileges(proc).inspect();
    }

    private void setting(String name, String value) throws IOException {
        Path file = proc.resolve("sys").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value);
    }
}
