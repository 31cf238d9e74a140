package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cnilab.kube.ObjectMeta;

/** Derives a name from a pod template's content, in Kubernetes' alphabet for generated names. */
final class TemplateHash {

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    /** Sorts fields, whose order is not part of the content. */
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private TemplateHash() {}

    /**
     * Returns the FNV-1a hash of the template's JSON, its decimal digits mapped to {@link
     * ObjectMeta#NAME_ALPHABET}.
     */
    static String of(JsonNode template) {
        int hash = FNV_OFFSET;
        for (byte b : bytes(template)) {
            hash = (hash ^ b & 0xff) * FNV_PRIME;
        }
        StringBuilder name = new StringBuilder();
        for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
            name.append(ObjectMeta.NAME_ALPHABET.charAt(digit % ObjectMeta.NAME_ALPHABET.length()));
        }
        return name.toString();
    }

    private static byte[] bytes(JsonNode template) {
        try {
            return SORTED.writeValueAsBytes(template);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a JSON tree cannot fail", e);
        }
    }
}
