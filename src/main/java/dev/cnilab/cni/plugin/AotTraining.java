package dev.cnilab.cni.plugin;

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
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * One ADD by the installed plugin without an agent, between two namespaces that go with it, watched
 * by the JVM, which keeps the classes ready for the next time (JEP 514): it then starts in half the
 * time.
 */
final class AotTraining {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private AotTraining() {}

    /**
     * @param cache is there afterwards; left out where the JVM can't make one. What is written
     *     meanwhile stands beside it, so that it is found again after a kill.
     */
    static void of(Path plugin, Path cache) throws IOException {
        Path folder = cache.resolveSibling("rehearsal");
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
            Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
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
                                        "rehearsal",
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
            throw new IOException("the plugin does not run: " + result.describe());
        }
        return result;
    }

    private static byte[] config(Path folder) {
        return """
        {"cniVersion": "1.1.0", "name": "rehearsal", "type": "lab-ipip",
         "subnetFile": "%s/subnet.env", "dataDir": "%s"}
        """
                .formatted(folder, folder)
                .getBytes(StandardCharsets.UTF_8);
    }
}
