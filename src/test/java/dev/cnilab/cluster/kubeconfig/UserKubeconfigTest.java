package dev.cnilab.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnilab.base.Failure;
import dev.cnilab.kube.tls.Kubeconfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserKubeconfigTest {

    /** A user's kubeconfig, with a key that lab does not know. */
    static final String USERS =
            """
            apiVersion: v1
            kind: Config
            current-context: work
            clusters:
            - name: work
              cluster: {server: "https://work.example:6443", tls-server-name: work}
            users:
            - name: me
              user:
                exec: {apiVersion: client.authentication.k8s.io/v1, command: get-token, interactiveMode: Never}
            contexts:
            - name: work
              context: {cluster: work, user: me, namespace: mine}
            """;

    @TempDir Path temp;

    private Path own = Path.of("");
    private Path users = Path.of("");
    private UserKubeconfig lab = new UserKubeconfig("", Path.of(""));

    @BeforeEach
    void aLabThatIsUp() throws IOException {
        own = temp.resolve("own");
        new Kubeconfig("inside", URI.create("https://127.0.0.1:7443"), "PEM", "t0ken").write(own);
        users = temp.resolve("home/.kube/config");
        lab = UserKubeconfig.of("demo", temp);
    }

    /** kubectl writes an empty list as null. */
    @Test
    void nullListsOfKubectlAreEmptyLists() throws IOException {
        write(
                """
                apiVersion: v1
                kind: Config
                clusters: null
                contexts:
                - {name: work, context: {cluster: somewhere, user: ""}}
                current-context: work
                preferences: {}
                users: null
                """);

        lab.merge(own, users);

        assertThat(Files.readString(users)).contains("https://127.0.0.1:7443", "somewhere");
        lab.unmerge();
        assertThat(Files.readString(users)).doesNotContain("7443").contains("somewhere");
    }

    @Test
    void unmergeRestoresTheUsersFile() throws IOException {
        write(USERS);
        var before = new KubeconfigFile(users).read();
        lab.merge(own, users);
        lab.merge(own, users);

        lab.unmerge();
        lab.unmerge();

        assertThat(new KubeconfigFile(users).read()).isEqualTo(before);
    }

    @Test
    void newFileIsOwnerOnlyWithTheContextAsCurrent() throws IOException {
        lab.merge(own, users);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
                .isEqualTo("rw-------");
        assertThat(new KubeconfigFile(users).read().path("current-context").asText())
                .isEqualTo("lab-demo");
        lab.unmerge();
        assertThat(users).content().doesNotContain("lab-demo", "t0ken");
    }

    @Test
    void symbolicLinkAndPermissionsAreKept() throws IOException {
        Path real = Files.writeString(temp.resolve("real"), USERS);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Files.createDirectories(users.getParent());
        Files.createSymbolicLink(users, real);

        lab.merge(own, users);

        assertThat(users).isSymbolicLink();
        assertThat(real).content().contains("lab-demo");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void mergeIntoAnotherFileRemovesTheFormerEntries() throws IOException {
        Path second = temp.resolve("second");
        lab.merge(own, users);

        lab.merge(own, second);

        assertThat(users).content().doesNotContain("lab-demo");
        assertThat(second).content().contains("lab-demo");
    }

    @Test
    void otherEntryOfThatNameIsLeftUnchanged() throws IOException {
        write(USERS.replace("name: work\n  context", "name: lab-demo\n  context"));

        assertThatThrownBy(() -> lab.merge(own, users))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.id()).isEqualTo("kubeconfig-name-taken");
                            assertThat(failure.remedy().text()).contains("delete-context lab-demo");
                        });
        lab.unmerge();
        assertThat(users).content().contains("lab-demo");
    }

    @Test
    void waitsForALockAndReportsAStaleOne() throws IOException {
        write(USERS);
        Path lock = Files.writeString(users.resolveSibling("config.lock"), "");

        assertThatThrownBy(() -> lab.merge(own, users))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> {
                            assertThat(failure.id()).isEqualTo("kubeconfig-locked");
                            assertThat(failure.remedy().text()).endsWith("rm " + lock);
                        });
        assertThat(lock).exists();
        Files.delete(lock);
        lab.merge(own, users);
        assertThat(lock).doesNotExist();
    }

    @Test
    void unwritableFileIsReported() throws IOException {
        Path inAFile = Files.writeString(temp.resolve("file"), "").resolve("config");

        assertThatThrownBy(() -> lab.merge(own, inAFile))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.id()).isEqualTo("kubeconfig-unwritable"));
    }

    @Test
    void otherFileIsReported() throws IOException {
        write("- a list\n");

        assertThatThrownBy(() -> lab.merge(own, users))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.id()).isEqualTo("kubeconfig-unreadable"));
        assertThat(users).content().isEqualTo("- a list\n");
    }

    @Test
    void selectsTheFileThatKubectlWritesTo() throws IOException {
        Path there = Files.writeString(temp.resolve("there"), "");

        assertThat(UserKubeconfig.file(Map.of("HOME", "/h"))).isEqualTo(Path.of("/h/.kube/config"));
        assertThat(UserKubeconfig.file(Map.of("KUBECONFIG", "/none:" + there + ":/last")))
                .isEqualTo(there);
        assertThat(UserKubeconfig.file(Map.of("KUBECONFIG", "/none:/last")))
                .isEqualTo(Path.of("/last"));
    }

    private void write(String text) throws IOException {
        Files.createDirectories(users.getParent());
        Files.writeString(users, text);
    }
}
