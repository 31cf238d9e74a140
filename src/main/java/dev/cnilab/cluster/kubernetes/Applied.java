package dev.cnilab.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/**
 * Annotation with a hash of the manifest that an object was last applied from: the API server adds
 * defaults, so the object cannot be compared itself.
 */
final class Applied {

    private static final String ANNOTATION = "cnilab.dev/applied";

    private Applied() {}

    /** The object's annotation; empty if absent. */
    static String mark(HasMetadata object) {
        return annotations(object).getOrDefault(ANNOTATION, "");
    }

    /** Adds the annotation to an object of a manifest. */
    static void setMark(HasMetadata object) {
        String mark = sha256(Serialization.asJson(object));
        Map<String, String> annotations = new HashMap<>(annotations(object));
        annotations.put(ANNOTATION, mark);
        object.getMetadata().setAnnotations(annotations);
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
