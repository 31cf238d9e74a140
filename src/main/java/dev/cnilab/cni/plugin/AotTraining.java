package dev.cnilab.cni.plugin;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.cni.SubnetEnv;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.FileTree;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.net.Ipv4Prefix;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Trains the plugin's AOT cache (JEP 514): runs one ADD of the installed plugin between two
 * temporary namespaces, without an agent, while the JVM records the classes. With the cache the
 * plugin starts in half the time.
 */
final class AotTraining {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private AotTraining() {}

    /**
     * Creates the cache.
     *
     * @param cache exists afterwards, unless the JVM cannot create one. Temporary files are next to
     *     it, so that they are found after a kill.
     */
    static void of(Path plugin, Path cache) throws IOException {
        Path folder = cache.resolveSibling("aot-training");
        FileTree.delete(folder);
        Files.createDirectory(folder);
        try {
            new SubnetEnv(
                            Ipv4Prefix.parse("10.244.0.0/16"),
                            Ipv4Prefix.parse("10.244.0.1/24"),
                            1480,
                            true)
                    .write(folder.resolve("subnet.env"));
            NetNamespace.withUnnamed(
                    node -> NetNamespace.withUnnamed(pod -> add(plugin, folder, node, pod)));
            keep(folder.resolve("classes.aot"), cache);
        } finally {
            FileTree.delete(folder);
        }
    }

    private static void keep(Path made, Path cache) throws IOException {
        if (Files.exists(made)) {
            AtomicFile.at(cache).replaceBy(made);
        }
    }

    private static ExecResult add(Path plugin, Path folder, NetNamespace node, NetNamespace pod)
            throws IOException {
        Command command =
                Command.of(plugin.toString())
                        .withEnvironment(
                                Map.of(
                                        "CNI_COMMAND",
                                        "ADD",
                                        "CNI_CONTAINERID",
                                        "aot-training",
                                        "CNI_NETNS",
                                        pod.path().toString(),
                                        "CNI_IFNAME",
                                        "eth0",
                                        "LAB_CNI_SOCKET",
                                        "/dev/null",
                                        "JAVA_TOOL_OPTIONS",
                                        "-XX:AOTCacheOutput=" + folder.resolve("classes.aot")));
        Process process = node.call(command::start);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(config(folder));
        }
        ExecResult result = Command.await(command.argv(), process, LIMIT);
        if (!result.ok()) {
            throw new IOException("the plugin failed to run: " + result.describe());
        }
        return result;
    }

    private static byte[] config(Path folder) {
        return """
        {"cniVersion": "1.1.0", "name": "aot-training", "type": "lab-ipip",
         "subnetFile": "%s/subnet.env", "dataDir": "%s"}
        """
                .formatted(folder, folder)
                .getBytes(StandardCharsets.UTF_8);
    }
}
