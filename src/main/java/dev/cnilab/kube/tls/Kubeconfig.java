package dev.cnilab.kube.tls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A kubeconfig for the cluster.
 *
 * @param name of the cluster, the user and the context
 * @param server such as {@code https://127.0.0.1:6443}
 * @param authority the certificate of the cluster's CA, PEM
 */
public record Kubeconfig(String name, URI server, String authority, String token) {

    /** The file's text: JSON, which is valid YAML. */
    public String text() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("apiVersion", "v1").put("kind", "Config").put("current-context", name);
        config.putArray("clusters")
                .addObject()
                .put("name", name)
                .putObject("cluster")
                .put("server", server.toString())
                .put("certificate-authority-data", base64(authority));
        config.putArray("users")
                .addObject()
                .put("name", name)
                .putObject("user")
                .put("token", token);
        config.putArray("contexts")
                .addObject()
                .put("name", name)
                .putObject("context")
                .put("cluster", name)
                .put("user", name);
        return config.toPrettyString() + "\n";
    }

    /** Writes the file, readable by its owner only. */
    public void write(Path file) throws IOException {
        OwnerOnly.write(file, text());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
