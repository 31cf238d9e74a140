package dev.cnilab.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs a program that prints a place's network as JSON, as {@code ip -j} does. */
public final class JsonCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

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
            return JSON.readTree(result.stdout());
        } catch (JsonProcessingException e) {
            throw new IOException("no JSON from " + result.describe(), e);
        }
    }
}
