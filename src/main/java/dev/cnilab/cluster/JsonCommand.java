package dev.cnilab.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Runs a program that prints a place's network as JSON, as {@code ip -j} does: iproute2 escapes no
 * control characters, which an interface's name may contain.
 */
public final class JsonCommand {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

    private JsonCommand() {}

    /**
     * @throws IOException with the command and what it printed, when it fails or prints no JSON
     */
    public static JsonNode run(ClusterView cluster, Place at, List<String> argv, Duration timeout)
            throws IOException {
        ExecResult result = cluster.execInNetwork(at, argv, timeout);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
        try {
            return parse(result.stdout());
        } catch (JsonProcessingException e) {
            throw new IOException("no JSON from " + result.describe(), e);
        }
    }

    /**
     * @param printed the output of such a program
     */
    public static JsonNode parse(String printed) throws JsonProcessingException {
        return JSON.readTree(printed);
    }
}
