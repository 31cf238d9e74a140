package dev.cnilab.cni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The network configuration that a runtime passes to a plugin on stdin.
 *
 * @param name of the network; letters, digits, '_', '.', '-'
 * @param json the whole configuration
 */
public record NetworkConfig(CniVersion version, String name, ObjectNode json) {

    /**
     * Limits the input. Real configurations are far smaller; the result of a long chain has a few
     * kilobytes.
     */
    public static final int MAX_BYTES = 1 << 20;

    private static final ObjectReader READER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .reader();

    /**
     * Parses a configuration.
     *
     * @throws CniException code 6 when it is not a JSON object, 1 when its version is not
     *     supported, 7 when its name is missing or invalid
     */
    public static NetworkConfig parse(byte[] stdin) throws CniException {
        ObjectNode json = object(stdin);
        CniVersion version = CniVersion.of(json);
        String name = json.path("name").asText();
        if (!Attachment.NAME.matcher(name).matches()) {
            throw new CniException(
                    CniException.Code.CONFIG,
                    name.isEmpty()
                            ? "the network configuration has no 'name'"
                            : "network name '" + name + "' is invalid",
                    "must match " + Attachment.NAME);
        }
        return new NetworkConfig(version, name, json);
    }

    static ObjectNode object(byte[] stdin) throws CniException {
        if (stdin.length > MAX_BYTES) {
            throw undecodable("it is longer than " + MAX_BYTES + " bytes");
        }
        try {
            JsonNode json = READER.readTree(new String(stdin, StandardCharsets.UTF_8));
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw undecodable("it is not a JSON object");
        } catch (JsonProcessingException e) {
            throw undecodable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CniException.of(e);
        }
    }

    private static CniException undecodable(String why) {
        return new CniException(
                CniException.Code.DECODE, "the network configuration cannot be decoded", why);
    }
}
