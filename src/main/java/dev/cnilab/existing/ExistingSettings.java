package dev.cnilab.existing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * Selects a cluster and the image to use in it.
 *
 * @param kubeconfig the user's
 * @param context in it; empty for the current one
 * @param image of agent and demo as the nodes know or can pull it; empty for lab's default name
 * @param besideOtherCni whether to continue although the cluster has another CNI
 */
public record ExistingSettings(
        Path kubeconfig, String context, String image, boolean besideOtherCni) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BESIDE_OTHER_CNI = "besideOtherCni";

    /** Parses {@link #place} or {@link #selection}; empty for an empty text. */
    public static ExistingSettings of(String place) {
        try {
            JsonNode json = JSON.readTree(place);
            return new ExistingSettings(
                    Path.of(json.path("kubeconfig").asText()),
                    json.path("context").asText(),
                    json.path("image").asText(),
                    json.path(BESIDE_OTHER_CNI).asBoolean(false));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a lab's cluster: " + place, e);
        }
    }

    /** Returns a text that identifies the cluster, stored with the lab. */
    public String place() {
        return json().toString();
    }

    /** Returns the cluster and the image. */
    public String selection() {
        return json().put(BESIDE_OTHER_CNI, besideOtherCni).toString();
    }

    private ObjectNode json() {
        return JSON.createObjectNode()
                .put("kubeconfig", kubeconfig.toString())
                .put("context", context)
                .put("image", image);
    }
}
