package dev.cnilab.kube.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Failure;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    private static final long LARGE = 1 << 30;

    @TempDir private Path directory;

    private Path folder() {
        return directory.resolve("objects");
    }

    private StateDirectory open(long limit) throws IOException {
        return StateDirectory.open(folder(), limit);
    }

    private static Store store(StateDirectory folder) {
        return new Store(Clock.systemUTC(), 16, folder.contents(), folder);
    }

    private static ObjectNode configMap(String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("namespace", "default").put("name", name);
        return object;
    }

    private static List<ObjectNode> all(Store store) {
        List<ObjectNode> all = new ArrayList<>();
        for (ResourceType type : ResourceType.values()) {
            all.addAll(store.list(type));
        }
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        }
    }

    /** As after kill -9: the directory is not closed. */
    @Test
    void acknowledgedChangesAreRestored() throws IOException {
        Store store = store(open(LARGE));
        for (int i = 0; i < 20; i++) {
            store.create(ResourceType.CONFIG_MAP, configMap("c" + i));
        }
        store.delete(ResourceType.CONFIG_MAP, "default", "c3");
        store.update(
                ResourceType.CONFIG_MAP,
                "default",
                "c4",
                map -> map.set("data", JsonNodeFactory.instance.objectNode().put("k", "Grüße")));
        long revision = store.history().revision();

        Store again = store(open(LARGE));

        assertThat(all(again)).isEqualTo(all(store)).hasSize(19);
        assertThat(again.history().revision()).isEqualTo(revision);
        ObjectNode next = again.create(ResourceType.CONFIG_MAP, configMap("next"));
        assertThat(ObjectMeta.resourceVersion(next)).isEqualTo(Long.toString(revision + 1));
        assertThat(all(store(open(LARGE)))).isEqualTo(all(again));
    }

    @Test
    void incompleteLastLineIsIgnored() throws IOException {
        Store store = store(open(LARGE));
        store.create(ResourceType.CONFIG_MAP, configMap("whole"));
        List<ObjectNode> before = all(store);
        store.create(ResourceType.CONFIG_MAP, configMap("torn"));
        Path log = files().getLast();
        byte[] bytes = Files.readAllBytes(log);
        int whole = lines(bytes, 2);
        for (int length = whole; length < bytes.length - 1; length++) {
            Files.write(log, Arrays.copyOf(bytes, length));
            assertThat(Recovery.read(folder().resolve("snapshot"), List.of(log)).objects())
                    .containsValue(before);
        }
    }

    /** The length of so many of them. */
    private static int lines(byte[] bytes, int count) {
        int at = 0;
        for (int ends = 0; ends < count; at++) {
            ends += bytes[at] == '\n' ? 1 : 0;
        }
        return at;
    }

    @Test
    void filesWithoutAVersionAreRead() throws IOException {
        Store store = store(open(LARGE));
        store.create(ResourceType.CONFIG_MAP, configMap("a"));
        open(LARGE).close();
        store(open(LARGE)).create(ResourceType.CONFIG_MAP, configMap("b"));
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            byte[] rest = Arrays.copyOfRange(bytes, lines(bytes, 1), bytes.length);
            Files.write(file, file.endsWith("snapshot") ? firstSnapshot(rest) : rest);
        }

        assertThat(all(store(open(LARGE)))).hasSize(2);
    }

    /** As lab 0.1.0 began one. */
    private static byte[] firstSnapshot(byte[] objects) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(LogRecord.seal(JsonNodeFactory.instance.objectNode().put("revision", 2)));
        bytes.write(objects);
        return bytes.toByteArray();
    }

    @Test
    void filesOfANewerVersionAreRefusedAndKept() throws IOException {
        byte[] newer = LogRecord.seal(JsonNodeFactory.instance.objectNode().put("format", 2));
        for (String name : List.of("snapshot", "log.1")) {
            open(LARGE).close();
            Path file = Files.write(folder().resolve(name), newer);

            assertThatThrownBy(() -> open(LARGE))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.id()).isEqualTo("state-format"));
            assertThat(file).hasBinaryContent(newer);
            Files.delete(file);
        }
    }

    @Test
    void damagedLineElsewhereIsReported() throws IOException {
        Store store = store(open(LARGE));
        store.create(ResourceType.CONFIG_MAP, configMap("a"));
        store.create(ResourceType.CONFIG_MAP, configMap("b"));
        Path log = files().getLast();
        byte[] bytes = Files.readAllBytes(log);
        bytes[lines(bytes, 1) + 40] ^= 1;
        Files.write(log, bytes);
        assertThatThrownBy(() -> open(LARGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged in line 2: lab down, then lab up");
    }

    @Test
    void longLogIsCompacted() throws IOException {
        StateDirectory folder = open(2000);
        Store store = store(folder);
        for (int i = 0; i < 200; i++) {
            store.create(ResourceType.CONFIG_MAP, configMap("c" + i));
            store.delete(ResourceType.CONFIG_MAP, "default", "c" + (i - 3));
        }
        folder.close();
        assertThat(folder().resolve("snapshot")).exists();
        assertThat(all(store(open(LARGE)))).isEqualTo(all(store)).hasSize(3);
    }

    @Test
    void filesAreOwnerOnly() throws IOException {
        store(open(LARGE)).create(ResourceType.SECRET, configMap("secret"));
        open(LARGE).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
        assertThat(files()).hasSize(2);
        for (Path file : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void changesAfterCloseAreNotPersisted() throws IOException {
        StateDirectory folder = open(LARGE);
        Store store = store(folder);
        store.create(ResourceType.CONFIG_MAP, configMap("kept"));
        folder.close();
        store.delete(ResourceType.CONFIG_MAP, "default", "kept");
        assertThat(all(store(open(LARGE)))).hasSize(1);
    }
}
