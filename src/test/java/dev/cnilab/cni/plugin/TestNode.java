package dev.cnilab.cni.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import dev.cnilab.netlink.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A node for the plugin: a namespace, a subnet, a directory of reservations. */
final class TestNode {

    final NetNamespace namespace;
    final Path dataDir;
    final Path subnetFile;
    final Plugin plugin = new Plugin(() -> {});

    TestNode(Sandbox sandbox, Path directory) throws IOException {
        this(sandbox, directory, "10.244.1.1/24");
    }

    TestNode(Sandbox sandbox, Path directory, String gateway) throws IOException {
        namespace = sandbox.namespace();
        dataDir = directory.resolve("data");
        subnetFile = directory.resolve("subnet.env");
        subnet(gateway);
    }

    void subnet(String gateway) throws IOException {
        new SubnetEnv(Ipv4Prefix.parse("10.244.0.0/16"), Ipv4Prefix.parse(gateway), 1480, true)
                .write(subnetFile);
    }

    /** Returns the configuration with additional keys: {@code , "key": value}. */
    byte[] config(String more) {
        return """
        {"cniVersion": "1.1.0", "name": "cbr0", "type": "lab-ipip",
         "subnetFile": "%s", "dataDir": "%s" %s}
        """
                .formatted(subnetFile, dataDir, more)
                .getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, String> environment(String command, String container, NetNamespace pod) {
        return Map.of(
                "CNI_COMMAND",
                command,
                "CNI_CONTAINERID",
                container,
                "CNI_NETNS",
                pod.path().toString(),
                "CNI_IFNAME",
                "eth0");
    }

    Plugin.Reply ask(String command, String container, NetNamespace pod, String more)
            throws IOException {
        return namespace.call(
                () -> plugin.answer(environment(command, container, pod), config(more)));
    }

    /** Sends a request that must succeed, and returns the result. */
    ObjectNode succeed(String command, String container, NetNamespace pod, String more)
            throws IOException {
        Plugin.Reply reply = ask(command, container, pod, more);
        if (!reply.ok()) {
            throw new AssertionError(command + ": " + reply.json());
        }
        return reply.json();
    }

    /** Sends a request that must fail, and returns the error's code and message. */
    String fail(String command, String container, NetNamespace pod, String more)
            throws IOException {
        Plugin.Reply reply = ask(command, container, pod, more);
        if (reply.ok()) {
            throw new AssertionError(command + " succeeded: " + reply.json());
        }
        return reply.json().path("code").asText() + " " + reply.json().path("msg").asText();
    }

    static String address(JsonNode result) {
        return result.path("ips").path(0).path("address").asText();
    }

    /** Returns the reserved addresses with their attachments. */
    Map<String, String> reserved() throws IOException {
        Map<String, String> reserved = new HashMap<>();
        Path directory = dataDir.resolve("cbr0");
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (file.getFileName().toString().matches("[0-9.]+")) {
                        reserved.put(
                                file.getFileName().toString(), Files.readAllLines(file).getFirst());
                    }
                }
            }
        }
        return reserved;
    }

    /** Returns the names of the node's ends of pods' links. */
    List<String> podLinks() throws IOException {
        try (Connection connection = Connection.open(namespace)) {
            return new Links(connection)
                    .list().stream().map(Link::name).filter(Attachment::isHostName).toList();
        }
    }
}
