package dev.cnilab.cluster.kubernetes;

import static dev.cnilab.cluster.kubernetes.Requests.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.cluster.ObjectTable;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Requests objects as tables from the API server, as kubectl does. */
final class ServerTables {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private final KubernetesClient client;

    ServerTables(KubernetesClient client) {
        this.client = client;
    }

    /**
     * @param plural of a type of the core group
     * @param namespace empty for all, or for a cluster-scoped type
     */
    ObjectTable list(String plural, Optional<String> namespace) throws IOException {
        String path = namespace.map(name -> "/namespaces/" + name).orElse("") + "/" + plural;
        String base = client.getMasterUrl().toString().replaceFirst("/$", "");
        HttpClient http = client.getHttpClient();
        HttpResponse<String> response = await(http, base + "/api/v1" + path);
        JsonNode table = JSON.readTree(response.body());
        if (!response.isSuccessful()) {
            throw new IOException("Kubernetes API: " + table.path("message").asText());
        }
        return table(table);
    }

    private static HttpResponse<String> await(HttpClient http, String uri) throws IOException {
        try {
            return ask(() ->
                            http.sendAsync(
                                    http.newHttpRequestBuilder()
                                            .uri(uri)
                                            .header("Accept", TABLE)
                                            .build(),
                                    String.class))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the API answers");
        } catch (ExecutionException e) {
            throw new IOException("Kubernetes API: " + e.getCause(), e);
        }
    }

    private static ObjectTable table(JsonNode json) {
        List<ObjectTable.Column> columns = new ArrayList<>();
        json.path("columnDefinitions")
                .forEach(column ->
                        columns.add(
                                new ObjectTable.Column(
                                        column.path("name").asText(),
                                        column.path("priority").asInt() > 0)));
        List<ObjectTable.Row> rows = new ArrayList<>();
        for (JsonNode row : json.path("rows")) {
            List<String> cells = new ArrayList<>();
            row.path("cells").forEach(cell -> cells.add(cell.asText()));
            rows.add(new ObjectTable.Row(row.at("/object/metadata/namespace").asText(), cells));
        }
        return new ObjectTable(columns, rows);
    }
}
