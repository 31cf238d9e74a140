package dev.cnilab.kube.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.http.Limits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resource versions of lists, as Kubernetes' API concepts specify them. */
class ResourceVersionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAPS = "/api/v1/namespaces/default/configmaps?";
    private static final int HISTORY = 20;

    private TestApi api;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        api = new TestApi(directory, HISTORY, Limits.DEFAULT);
        for (int i = 0; i < 4; i++) {
            create("c" + i);
        }
    }

    @AfterEach
    void close() throws IOException {
        api.close();
    }

    private void create(String name) {
        api.create(ResourceType.CONFIG_MAP, "{metadata: {namespace: default, name: " + name + "}}");
    }

    private JsonNode get(String path) throws Exception {
        try (RawClient client = new RawClient(api.port)) {
            client.get(path);
            return JSON.readTree(client.until("\"kind\""));
        }
    }

    private static String names(JsonNode list) {
        StringBuilder names = new StringBuilder();
        list.path("items")
                .forEach(item -> names.append(item.at("/metadata/name").asText()).append(' '));
        return names.toString().strip();
    }

    private static String version(JsonNode list) {
        return list.at("/metadata/resourceVersion").asText();
    }

    @Test
    void exactMatchListsAnEarlierRevision() throws Exception {
        String then = version(get(MAPS));
        api.store.delete(ResourceType.CONFIG_MAP, "default", "c1");
        create("c9");
        api.store.update(
                ResourceType.CONFIG_MAP,
                "default",
                "c2",
                map -> map.set("data", JSON.createObjectNode().put("a", "b")));

        JsonNode exact = get(MAPS + "resourceVersionMatch=Exact&resourceVersion=" + then);
        assertThat(names(exact)).isEqualTo("c0 c1 c2 c3");
        assertThat(version(exact)).isEqualTo(then);
        assertThat(exact.at("/items/2/data").isMissingNode()).isTrue();
        assertThat(names(get(MAPS + "resourceVersion=" + then))).isEqualTo("c0 c2 c3 c9");
        assertThat(names(get(MAPS + "resourceVersion=0"))).isEqualTo("c0 c2 c3 c9");
    }

    @Test
    void allPagesAreOfOneRevision() throws Exception {
        JsonNode first = get(MAPS + "limit=2");
        assertThat(names(first)).isEqualTo("c0 c1");
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(2);
        api.store.delete(ResourceType.CONFIG_MAP, "default", "c2");
        create("c22");

        String token = first.at("/metadata/continue").asText();
        JsonNode second = get(MAPS + "limit=2&continue=" + token);
        assertThat(names(second)).isEqualTo("c2 c3");
        assertThat(version(second)).isEqualTo(version(first));
        assertThat(second.at("/metadata/continue").isMissingNode()).isTrue();

        for (int i = 0; i < HISTORY; i++) {
            create("later" + i);
        }
        JsonNode tooLate = get(MAPS + "limit=2&continue=" + token);
        assertThat(tooLate.path("code").asInt()).isEqualTo(410);
        assertThat(tooLate.path("reason").asText()).isEqualTo("Expired");
    }

    @Test
    void invalidCombinationsAreRejected() throws Exception {
        JsonNode future = get(MAPS + "resourceVersion=999999");
        assertThat(future.path("code").asInt()).isEqualTo(504);
        assertThat(future.path("message").asText()).contains("Too large resource version: 999999");
        for (String query :
                new String[] {
                    "resourceVersion=new",
                    "resourceVersionMatch=Exact",
                    "resourceVersionMatch=Exact&resourceVersion=0",
                    "resourceVersionMatch=About&resourceVersion=3",
                    "continue=nonsense",
                    "continue=bm9uc2Vuc2U",
                    "limit=some"
                }) {
            assertThat(get(MAPS + query).path("code").asInt()).as(query).isEqualTo(400);
        }
    }
}
