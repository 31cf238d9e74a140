package dev.cnilab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ownership of names in /run/netns. */
class OwnedNamespacesIT {

    private final String name = "t-own-" + UUID.randomUUID().toString().substring(0, 8);
    private final NetNamespace namespace = NetNamespace.named(name);
    private final OwnedNamespaces mine = new OwnedNamespaces(Path.of("/t/" + name + "/mine/nc"));
    private final OwnedNamespaces others = new OwnedNamespaces(Path.of("/t/" + name + "/ü 网/nc"));

    @AfterEach
    void remove() throws IOException {
        mine.delete(name);
        others.delete(name);
        namespace.delete();
        OwnedNamespaces.prune();
    }

    @Test
    void deletesTheNamespacesItCreated() throws IOException {
        mine.claim(List.of(name));
        mine.ensure(name);
        mine.ensure(name);
        mine.claim(List.of(name));

        assertThat(mine.has(name)).isTrue();
        assertThat(mine.names()).containsExactly(name);
        mine.delete(name);
        mine.delete(name);
        assertThat(namespace.path()).doesNotExist();
        assertThat(mine.names()).isEmpty();
    }

    @Test
    void refusesAndKeepsAnotherOwnersNamespace() throws IOException {
        others.claim(List.of(name));
        others.ensure(name);

        assertInUse(Optional.of(others.owner()));
        mine.delete(name);

        assertThat(mine.names()).isEmpty();
        assertThat(others.has(name)).isTrue();
    }

    @Test
    void claimsANameBeforeCreatingTheNamespace() throws IOException {
        others.claim(List.of(name));

        assertInUse(Optional.of(others.owner()));
    }

    @Test
    void refusesAndKeepsANamespaceOfAnotherTool() throws IOException {
        NetNamespace.create(namespace.path());

        assertInUse(Optional.empty());
        mine.delete(name);

        assertThat(namespace.exists()).isTrue();
    }

    /**
     * The kernel gives the next namespace the inode of the last; its identity differs all the same.
     */
    @Test
    void keepsANamespaceThatReplacedItsOwn() throws IOException {
        mine.ensure(name);
        namespace.delete();
        NetNamespace.create(namespace.path());

        assertThat(mine.has(name)).isFalse();
        assertInUse(Optional.empty());
        mine.delete(name);

        assertThat(namespace.exists()).isTrue();
        assertThat(mine.names()).isEmpty();
    }

    @Test
    void keepsANamespaceCreatedAfterTheClaim() throws IOException {
        mine.claim(List.of(name));
        NetNamespace.create(namespace.path());

        assertInUse(Optional.empty());
        mine.delete(name);

        assertThat(namespace.exists()).isTrue();
    }

    @Test
    void keepsAnotherToolsEmptyFile() throws IOException {
        NamespaceDirectory.share();
        Files.createFile(namespace.path());

        assertInUse(Optional.empty());
        mine.delete(name);

        assertThat(namespace.path()).exists();
    }

    /** Simulates a process that was killed between creating the file and mounting the namespace. */
    @Test
    void recreatesAnIncompleteNamespace() throws IOException {
        mine.ensure(name);
        namespace.delete();
        Files.createFile(namespace.path());

        mine.ensure(name);

        assertThat(mine.has(name)).isTrue();
    }

    @Test
    void deletesAnIncompleteNamespace() throws IOException {
        mine.ensure(name);
        namespace.delete();
        Files.createFile(namespace.path());

        mine.delete(name);

        assertThat(namespace.path()).doesNotExist();
    }

    @Test
    void adoptsOnlyNamespacesWithoutAClaim() throws IOException {
        NetNamespace.create(namespace.path());
        mine.adopt(name);
        others.adopt(name);

        assertThat(mine.has(name)).isTrue();
        assertThat(others.has(name)).isFalse();
    }

    private void assertInUse(Optional<Path> owner) {
        List<String> names = List.of(name);
        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(() -> mine.claim(names))
                .satisfies(taken -> assertThat(taken.owner()).isEqualTo(owner))
                .satisfies(taken -> assertThat(taken.name()).isEqualTo(name));
        assertThatExceptionOfType(NameTakenException.class).isThrownBy(() -> mine.ensure(name));
    }
}
