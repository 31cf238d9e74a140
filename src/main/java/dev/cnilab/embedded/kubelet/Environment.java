package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of a container: the variables of its specification override those of every
 * container.
 *
 * @param given by the image and the kubelet
 * @param podIp the value of {@code status.podIP}
 * @param hostIp the value of {@code status.hostIP}
 */
record Environment(Store store, Map<String, String> given, String podIp, String hostIp) {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\(([-._a-zA-Z][-._a-zA-Z0-9]*)\\)");

    /**
     * Returns the variables.
     *
     * @throws ContainerException when a variable's source does not exist
     */
    Map<String, String> of(ObjectNode pod, JsonNode container) throws ContainerException {
        Map<String, String> variables = new HashMap<>(given);
        for (JsonNode variable : container.path("env")) {
            JsonNode source = variable.path("valueFrom");
            Optional<String> value =
                    source.isMissingNode()
                            ? Optional.of(expand(variable.path("value").asText(), variables))
                            : from(pod, source);
            value.ifPresent(text -> variables.put(variable.path("name").asText(), text));
        }
        return variables;
    }

    /** Returns the pod's host name, or its node's with hostNetwork. */
    String hostname() {
        return given.getOrDefault("HOSTNAME", "");
    }

    /** Replaces {@code $(NAME)} by the variable; an unset one stays as written. */
    static String expand(String text, Map<String, String> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                variables.getOrDefault(found.group(1), found.group())));
    }

    private Optional<String> from(ObjectNode pod, JsonNode source) throws ContainerException {
        if (source.has("fieldRef")) {
            return Optional.of(field(pod, source.path("fieldRef").path("fieldPath").asText()));
        }
        if (source.has("configMapKeyRef")) {
            return key(pod, ResourceType.CONFIG_MAP, source.path("configMapKeyRef"));
        }
        throw ContainerException.config("the embedded cluster does not support env from " + source);
    }

    private Optional<String> key(ObjectNode pod, ResourceType type, JsonNode reference)
            throws ContainerException {
        String name = reference.path("name").asText();
        String key = reference.path("key").asText();
        Optional<String> value =
                store.get(type, ObjectMeta.namespace(pod), name)
                        .map(object -> object.path("data").path(key))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText);
        if (value.isEmpty() && !reference.path("optional").asBoolean()) {
            throw ContainerException.config(
                    "couldn't find key %s in %s %s".formatted(key, type.kind(), name));
        }
        return value;
    }

    private String field(ObjectNode pod, String path) throws ContainerException {
        return switch (path) {
            case "metadata.name" -> ObjectMeta.name(pod);
            case "metadata.namespace" -> ObjectMeta.namespace(pod);
            case "metadata.uid" -> ObjectMeta.uid(pod);
            case "spec.nodeName" -> pod.path("spec").path("nodeName").asText();
            case "spec.serviceAccountName" ->
                    pod.path("spec").path("serviceAccountName").asText("default");
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP" -> hostIp;
            default -> throw ContainerException.config("unsupported fieldPath " + path);
        };
    }
}
