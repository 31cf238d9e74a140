package dev.cnilab.existing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * Which cluster, and how a lab comes into it.
 *
 * @param kubeconfig the user's
 * @param context of it; empty for the current one
 * @param image of agent and demo as the nodes know or can pull it; empty for the program's own name
 * @param besideOtherCni whether another CNI in the cluster is no reason to refuse
 */
public record ExistingSettings(
        Path kubeconfig, String context, String image, boolean besideOtherCni) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BESIDE_OTHER_CNI = "besideOtherCni";

    /** From what {@link #place} or {@link #selection} gave; empty for no place. */
    public static ExistingSettings of(String place) {
        try {
            JsonNode json = JSON.readTree(place);
            return new ExistingSettings(
                    Path.of(json.path("kubeconfig").asText()),
                    json.path("context").asText(),
                    json.path("image").asText(),
                    json.path(BESIDE_OTHER_CNI).asBoolean(false));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no place of a lab: " + place, e);
        }
    }

    /** What tells this place from another one, to be kept with the lab. */
    public String place() {
        return json().toString();
    }

    /** The place, and how the lab comes into it. */
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
