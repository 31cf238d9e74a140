package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.base.AtomicFile;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * The volumes of one pod, as files and directories of this machine.
 *
 * @param directory {@code /var/lib/kubelet/pods/UID} of the node
 */
record Volumes(Path directory, NodeFiles files, Store store, KubeletSettings settings) {

    /**
     * Where client libraries in containers find the API's credentials (k8s.io/client-go,
     * rest.InClusterConfig).
     */
    static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /**
     * Creates or updates every volume of the pod.
     *
     * @return the source to bind-mount, by the volume's name
     * @throws ContainerException when a volume's source does not exist or is not supported
     */
    Map<String, Path> prepare(ObjectNode pod) throws IOException {
        Map<String, Path> sources = new HashMap<>();
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            String name = volume.path("name").asText();
            Path own = Files.createDirectories(directory.resolve("volumes").resolve(name));
            sources.put(name, source(pod, volume, own));
        }
        return sources;
    }

    /** Writes token, CA and namespace for {@link #SERVICE_ACCOUNT}. */
    Path serviceAccount(ObjectNode pod) throws IOException {
        Path own = Files.createDirectories(directory.resolve("serviceaccount"));
        write(own, "token", settings.token());
        write(own, "ca.crt", settings.caCertificate());
        write(own, "namespace", ObjectMeta.namespace(pod));
        return own;
    }

    private Path source(ObjectNode pod, JsonNode volume, Path own) throws IOException {
        if (volume.has("emptyDir")) {
            // Containers of every user write to it; the directories above are the lab's owner's.
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
            return own;
        }
        if (volume.has("hostPath")) {
            return hostPath(volume.path("hostPath"));
        }
        if (volume.has("configMap")) {
            configMap(pod, volume.path("configMap"), own);
            return own;
        }
        if (volume.has("projected")) {
            project(pod, volume.path("projected"), own);
            return own;
        }
        if (volume.has("downwardAPI")) {
            downward(pod, volume.path("downwardAPI"), own);
            return own;
        }
        throw ContainerException.config(
                "the embedded cluster does not support the volume: " + volume);
    }

    private Path hostPath(JsonNode hostPath) throws IOException {
        Path path = Path.of(hostPath.path("path").asText());
        String type = hostPath.path("type").asText();
        Path source = files.resolve(path);
        if (Files.exists(source)) {
            return source;
        }
        Path own = files.here(path.normalize());
        return switch (type) {
            case "FileOrCreate" -> {
                Files.createDirectories(own.resolveSibling("."));
                yield Files.createFile(own);
            }
            case "", "DirectoryOrCreate" -> Files.createDirectories(own);
            default -> throw ContainerException.config("hostPath " + path + ": no such " + type);
        };
    }

    private void project(ObjectNode pod, JsonNode projected, Path own) throws IOException {
        for (JsonNode source : projected.path("sources")) {
            if (source.has("configMap")) {
                configMap(pod, source.path("configMap"), own);
            } else if (source.has("downwardAPI")) {
                downward(pod, source.path("downwardAPI"), own);
            } else if (source.has("serviceAccountToken")) {
                write(
                        own,
                        source.path("serviceAccountToken").path("path").asText("token"),
                        settings.token());
            } else {
                throw ContainerException.config("unsupported projected volume: " + source);
            }
        }
    }

    private void configMap(ObjectNode pod, JsonNode source, Path own) throws IOException {
        String name = source.path("name").asText();
        var found = store.get(ResourceType.CONFIG_MAP, ObjectMeta.namespace(pod), name);
        if (found.isEmpty()) {
            if (source.path("optional").asBoolean()) {
                return;
            }
            throw ContainerException.config("configmap \"" + name + "\" not found");
        }
        JsonNode data = found.get().path("data");
        if (source.path("items").isEmpty()) {
            for (Map.Entry<String, JsonNode> entry : data.properties()) {
                write(own, entry.getKey(), entry.getValue().asText());
            }
        }
        for (JsonNode item : source.path("items")) {
            write(own, item.path("path").asText(), data.path(item.path("key").asText()).asText());
        }
    }

    private static void downward(ObjectNode pod, JsonNode source, Path own) throws IOException {
        for (JsonNode item : source.path("items")) {
            String field = item.path("fieldRef").path("fieldPath").asText();
            JsonNode value = pod.at("/" + field.replace('.', '/'));
            StringBuilder text = new StringBuilder(value.isValueNode() ? value.asText() : "");
            value.properties()
                    .forEach(label ->
                            text.append(
                                    "%s=\"%s\"%n"
                                            .formatted(label.getKey(), label.getValue().asText())));
            write(own, item.path("path").asText(), text.toString());
        }
    }

    /** Writes a changed file atomically, since containers may read it meanwhile. */
    private static void write(Path directory, String name, String text) throws IOException {
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory)) {
            throw ContainerException.config("'" + name + "' leads out of its volume");
        }
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        AtomicFile.at(file).write(text);
    }
}
