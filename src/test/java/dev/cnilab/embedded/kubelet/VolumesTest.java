package dev.cnilab.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {

    @TempDir private Path folder;

    private final Store store = new Store();
    private ObjectNode pod;
    private Volumes volumes;

    @BeforeEach
    void makePod() throws IOException {
        pod =
                json(
                        """
                        {"metadata": {"name": "p", "namespace": "default"}, "spec": {"volumes": [
                          {"name": "conf", "configMap": {"name": "settings"}}]}}
                        """);
        volumes =
                new Volumes(
                        folder.resolve("pod"),
                        NodeFiles.of(folder, "node"),
                        store,
                        new KubeletSettings("v1.27.3", "0.1.0", "10.96.0.1", "secret", "CA"));
    }

    @Test
    void updatesTheVolumeOfAChangedConfigMap() throws IOException {
        store.create(ResourceType.CONFIG_MAP, settings("one"));
        Path word = folder.resolve("pod/volumes/conf/word");
        assertThat(volumes.prepare(pod)).containsEntry("conf", folder.resolve("pod/volumes/conf"));
        assertThat(word).hasContent("one");

        FileTime old = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(word, old);
        volumes.prepare(pod);
        assertThat(Files.getLastModifiedTime(word)).as("what is the same stays").isEqualTo(old);

        store.delete(ResourceType.CONFIG_MAP, "default", "settings");
        store.create(ResourceType.CONFIG_MAP, settings("two"));
        volumes.prepare(pod);
        assertThat(word).hasContent("two");
        try (var files = Files.list(folder.resolve("pod/volumes/conf"))) {
            assertThat(files).as("no drafts are left").containsExactly(word);
        }
    }

    @Test
    void failsWithoutTheConfigMap() {
        assertThatThrownBy(() -> volumes.prepare(pod))
                .isInstanceOf(ContainerException.class)
                .hasMessageContaining("configmap \"settings\" not found");
    }

    private static ObjectNode settings(String word) throws IOException {
        return json(
                """
                {"metadata": {"name": "settings", "namespace": "default"}, "data": {"word": "%s"}}
                """
                        .formatted(word));
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) new JsonMapper().readTree(text);
    }
}
