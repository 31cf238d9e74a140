package dev.cnilab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LabJsonSchemaTest {

    private static final Path COMMITTED = Path.of("labs/lab.schema.json");

    @Test
    void theCommittedCopyIsUpToDate() throws Exception {
        assertThat(Files.readString(COMMITTED))
                .as("write the output of LabJsonSchema.text() to %s", COMMITTED)
                .isEqualTo(LabJsonSchema.text());
    }

    @Test
    void theCommittedCopyOfWalkthroughsIsUpToDate() throws Exception {
        assertThat(Path.of("labs/walk.schema.json"))
                .as("write the output of LabJsonSchema.walkthrough() to it")
                .content()
                .isEqualTo(LabJsonSchema.walkthrough());
    }

    @Test
    void describesEveryKeyAndItsDefault() throws Exception {
        JsonNode schema = new JsonMapper().readTree(LabJsonSchema.text());
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.path("required").valueStream().map(JsonNode::asText))
                .containsExactly(
                        "apiVersion",
                        "kind",
                        "metadata",
                        "network",
                        "kubernetes",
                        "nodes",
                        "cni",
                        "verify");
        assertThat(schema.at("/properties/nodes/items/properties/role/enum").toString())
                .isEqualTo("[\"control-plane\",\"worker\"]");
        assertThat(schema.findValues("description"))
                .filteredOn(JsonNode::isTextual)
                .hasSizeGreaterThan(100)
                .noneMatch(description -> description.asText().isBlank());
    }

    @Test
    void theBundledLabPointsEditorsToIt() throws Exception {
        assertThat(LabText.bundled().text())
                .startsWith("# yaml-language-server: $schema=lab.schema.json\n");
    }
}
