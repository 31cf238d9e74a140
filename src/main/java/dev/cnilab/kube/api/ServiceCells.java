package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The table cells of Services and Endpoints. */
final class ServiceCells {
    private ServiceCells() {}

    /** {@code 80:32000/TCP,443/TCP}. */
    static String ports(JsonNode service) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : service.path("spec").path("ports")) {
            String nodePort = port.hasNonNull("nodePort") ? ":" + port.get("nodePort").asInt() : "";
            ports.add(
                    port.path("port").asInt()
                            + nodePort
                            + "/"
                            + port.path("protocol").asText("TCP"));
        }
        return Cells.orNone(String.join(",", ports));
    }

    /** {@code 10.244.0.5:8080,10.244.1.6:8080}. */
    static String endpoints(JsonNode endpoints) {
        List<String> all = new ArrayList<>();
        for (JsonNode subset : endpoints.path("subsets")) {
            for (JsonNode address : subset.path("addresses")) {
                for (JsonNode port : subset.path("ports")) {
                    all.add(address.path("ip").asText() + ":" + port.path("port").asInt());
                }
            }
        }
        return Cells.list(all);
    }
}
