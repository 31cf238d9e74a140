package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NamespacedProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Executes one plugin binary of a node: environment and configuration in, JSON out. */
final class CniExec {

    /** The limit of common container runtimes for a pod's whole network. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodeFiles files;
    private final NamespacedProcess enclosure;

    CniExec(NodeFiles files, NamespacedProcess enclosure) {
        this.files = files;
        this.enclosure = enclosure;
    }

    /** Executes a command for one attachment. */
    JsonNode call(String command, Attachment attachment, ObjectNode config) throws CniException {
        Map<String, String> environment = new HashMap<>();
        environment.put("CNI_CONTAINERID", attachment.containerId());
        environment.put("CNI_IFNAME", attachment.ifname());
        environment.put(
                "CNI_ARGS",
                attachment.args().entrySet().stream()
                        .map(arg -> arg.getKey() + "=" + arg.getValue())
                        .collect(Collectors.joining(";")));
        attachment.netns().ifPresent(path -> environment.put("CNI_NETNS", path));
        return run(command, environment, config);
    }

    /** Executes a command for the whole network. */
    JsonNode call(String command, ObjectNode config) throws CniException {
        return run(command, Map.of(), config);
    }

    private JsonNode run(String command, Map<String, String> environment, ObjectNode config)
            throws CniException {
        String type = config.path("type").asText();
        if (type.isEmpty() || type.contains("/") || !Files.exists(files.cniBin().resolve(type))) {
            throw new CniException(
                    "failed to find plugin \"%s\" in path [%s]".formatted(type, NodeFiles.CNI_BIN));
        }
        List<String> argv = List.of(NodeFiles.CNI_BIN.resolve(type).toString());
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("CNI_COMMAND", command);
        variables.put("CNI_PATH", NodeFiles.CNI_BIN.toString());
        try {
            Process process = enclosure.start(Command.of(argv).withEnvironment(variables));
            feed(process, config.toString());
            ExecResult result = Command.await(argv, process, TIMEOUT);
            if (!result.ok()) {
                throw new CniException(complaint(result, type, command));
            }
            return result.stdout().isBlank()
                    ? MissingNode.getInstance()
                    : JSON.readTree(result.stdout());
        } catch (CniException e) {
            throw e;
        } catch (IOException e) {
            throw new CniException(failed(type, command) + e.getMessage(), e);
        }
    }

    /** Ignores that a plugin exits without reading: its own error says why. */
    private static void feed(Process plugin, String config) {
        try (OutputStream stdin = plugin.getOutputStream()) {
            stdin.write(config.getBytes(StandardCharsets.UTF_8));
        } catch (IOException brokenPipe) {
            return;
        }
    }

    private static String complaint(ExecResult result, String type, String command) {
        try {
            JsonNode error = JSON.readTree(result.stdout());
            String message = error.path("msg").asText();
            String details = error.path("details").asText();
            if (!message.isEmpty()) {
                return failed(type, command) + message + (details.isEmpty() ? "" : "; " + details);
            }
        } catch (IOException e) {
            return failed(type, command) + result.describe();
        }
        return failed(type, command) + result.describe();
    }

    private static String failed(String type, String command) {
        return "plugin type=\"%s\" failed (%s): "
                .formatted(type, command.toLowerCase(java.util.Locale.ROOT));
    }
}
