package dev.cnilab.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The supported versions of the CNI specification, oldest first. */
public enum CniVersion {
    V0_3_0("0.3.0"),
    V0_3_1("0.3.1"),
    V0_4_0("0.4.0"),
    V1_0_0("1.0.0"),
    V1_1_0("1.1.0");

    public static final CniVersion NEWEST = V1_1_0;

    /**
     * The version of a configuration without {@code cniVersion}, according to the specification.
     */
    private static final String DEFAULT = "0.1.0";

    private final String text;

    CniVersion(String text) {
        this.text = text;
    }

    /**
     * Returns the version of a configuration.
     *
     * @throws CniException code 1 when it is not supported
     */
    static CniVersion of(ObjectNode config) throws CniException {
        JsonNode requested = config.path("cniVersion");
        String text = requested.isMissingNode() ? DEFAULT : requested.asText();
        for (CniVersion version : values()) {
            if (version.text.equals(text)) {
                return version;
            }
        }
        String spoken =
                Arrays.stream(values()).map(CniVersion::toString).collect(Collectors.joining(", "));
        throw new CniException(
                CniException.Code.VERSION,
                "incompatible CNI version '" + text + "'",
                "this plugin supports " + spoken);
    }

    /**
     * Builds the reply to VERSION, which repeats the requested version, even an unsupported one.
     */
    public static ObjectNode reply(byte[] stdin) throws CniException {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        JsonNode asked =
                stdin.length == 0
                        ? JsonNodeFactory.instance.missingNode()
                        : NetworkConfig.object(stdin).path("cniVersion");
        reply.put("cniVersion", asked.asText(NEWEST.text));
        ArrayNode spoken = reply.putArray("supportedVersions");
        for (CniVersion version : values()) {
            spoken.add(version.text);
        }
        return reply;
    }

    public boolean atLeast(CniVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
