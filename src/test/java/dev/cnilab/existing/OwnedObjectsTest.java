package dev.cnilab.existing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.spec.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedObjectsTest {

    @TempDir Path folder;

    @Test
    void labelsEveryObjectAndItsPods() throws IOException {
        String labelled =
                new ExistingState("net", folder, "")
                        .objects()
                        .labelled(
                                NodePods.manifest("an/image:1")
                                        + "\n---\n{apiVersion: v1, kind: Service, metadata: {name: s}}");

        List<? extends JsonNode> objects = Manifests.objects(labelled);
        assertThat(objects)
                .hasSize(2)
                .allSatisfy(object ->
                        assertThat(object.at("/metadata/labels").path(OwnedObjects.LABEL).asText())
                                .isEqualTo("net"));
        JsonNode template = objects.getFirst().at("/spec/template");
        assertThat(template.at("/metadata/labels/app").asText()).isEqualTo("lab-node");
        assertThat(template.at("/metadata/labels").path(OwnedObjects.LABEL).asText())
                .isEqualTo("net");
        assertThat(template.at("/spec/containers/0/image").asText()).isEqualTo("an/image:1");
        // The selector is immutable and therefore does not have the label.
        assertThat(objects.getFirst().at("/spec/selector").toString()).doesNotContain("cnilab");
    }

    @Test
    void parsesAPlaceThatItPrinted() {
        ExistingSettings settings =
                new ExistingSettings(Path.of("/k"), "a b", "registry:5000/lab:1", false);

        assertThat(ExistingSettings.of(settings.place())).isEqualTo(settings);
    }
}
