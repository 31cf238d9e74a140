package dev.cnilab.cluster.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.Failure;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A context of a kubeconfig with its cluster and user, as {@code kubectl config view --minify
 * --flatten}.
 *
 * @param name of the context
 * @param config a self-contained kubeconfig
 */
public record SelectedContext(String name, ObjectNode config) {

    /** Keys whose value is a file's path, with the keys for the file's content. */
    private static final List<String> FILE_KEYS =
            List.of("certificate-authority", "client-certificate", "client-key");

    /**
     * @param context its name; empty for the current one
     * @throws Failure if the file or the context does not exist, or a file that it refers to is
     *     missing
     */
    public static SelectedContext of(Path kubeconfig, String context) throws IOException {
        if (!Files.isReadable(kubeconfig)) {
            throw failure(
                    "no-kubeconfig",
                    "cannot read kubeconfig " + kubeconfig,
                    "",
                    "give its path with --kubeconfig, or set KUBECONFIG");
        }
        ObjectNode all = new KubeconfigFile(kubeconfig).read();
        String name = context.isEmpty() ? all.path("current-context").asText() : context;
        JsonNode entry = named(all, "contexts", name, kubeconfig);
        JsonNode names = entry.path("context");
        ObjectNode config =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("apiVersion", "v1")
                        .put("kind", "Config")
                        .put("current-context", name);
        config.putArray("contexts").add(entry);
        JsonNode cluster = named(all, "clusters", names.path("cluster").asText(), kubeconfig);
        JsonNode user = named(all, "users", names.path("user").asText(), kubeconfig);
        inline(cluster.path("cluster"), kubeconfig);
        inline(user.path("user"), kubeconfig);
        config.putArray("clusters").add(cluster);
        config.putArray("users").add(user);
        return new SelectedContext(name, config);
    }

    /** The kubeconfig's text. */
    public String text() {
        return Serialization.asYaml(config);
    }

    private static JsonNode named(ObjectNode all, String list, String name, Path kubeconfig)
            throws Failure {
        List<String> known = new ArrayList<>();
        for (JsonNode entry : all.path(list)) {
            if (entry.path("name").asText().equals(name)) {
                return entry;
            }
            known.add(entry.path("name").asText());
        }
        if (known.isEmpty()) {
            throw failure(
                    "no-cluster-configured",
                    "kubeconfig " + kubeconfig + " has no " + list,
                    "",
                    "give another one with --kubeconfig, or set KUBECONFIG");
        }
        if (name.isEmpty()) {
            throw failure(
                    "no-current-context",
                    "kubeconfig " + kubeconfig + " has no current context",
                    "known: " + String.join(", ", known),
                    "name one with --context");
        }
        throw failure(
                "no-such-context",
                kubeconfig + " has no '" + name + "' among its " + list,
                "known: " + String.join(", ", known),
                "name one with --context");
    }

    /**
     * Replaces paths by the files' contents. Relative paths are resolved against the kubeconfig's
     * directory.
     */
    private static void inline(JsonNode entry, Path kubeconfig) throws IOException {
        if (!(entry instanceof ObjectNode fields)) {
            return;
        }
        for (String key : FILE_KEYS) {
            @Nullable JsonNode named = fields.remove(key);
            if (named != null && !named.asText().isEmpty()) {
                Path file = kubeconfig.resolveSibling(named.asText());
                if (!Files.isReadable(file)) {
                    throw failure(
                            "kubeconfig-file-missing",
                            kubeconfig + " refers to a file that can't be read",
                            key + ": " + file,
                            "repair the kubeconfig");
                }
                fields.put(
                        key + "-data",
                        Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        if (fields.path("tokenFile").isTextual()) {
            fields.put(
                    "tokenFile",
                    kubeconfig.resolveSibling(fields.path("tokenFile").asText()).toString());
        }
    }

    private static Failure failure(String id, String what, String evidence, String remedy) {
        return new Failure(Failure.Kind.USAGE, id, what, evidence, remedy);
    }
}
