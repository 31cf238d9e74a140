package dev.cnilab.embedded.preflight;

import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import dev.cnilab.host.NamespacedProcess;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.ScratchDirectory;
import dev.cnilab.preflight.Finding;
import dev.cnilab.preflight.Inspection;
import dev.cnilab.preflight.KernelModules;
import dev.cnilab.preflight.ScratchNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Checks that processes can have private directories over this machine's: private mounts, and
 * overlayfs when the machine lacks a directory. Tests with those of a node.
 *
 * @param modules of overlayfs
 */
record NodeDirectories(KernelModules modules) implements Inspection {

    private static final Command NOTHING = Command.of("true");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Override
    public Finding inspect() throws IOException {
        Optional<String> refusal = ScratchNamespace.refusal(NodeDirectories::runNode);
        if (refusal.isEmpty()) {
            return new Finding.Ok("a node's processes can have directories of their own");
        }
        return new Finding.Missing(
                refusal.get(),
                "a node's own /etc/cni, /opt/cni and /var/lib/cni are mounted over this machine's,"
                        + " with overlayfs if it has none",
                modules.remedy().with("or create /etc/cni, /opt/cni and /var/lib/cni"));
    }

    private static void runNode(NetNamespace namespace) throws IOException {
        Process process = ScratchDirectory.with(root -> startNode(namespace, root));
        ExecResult result = Command.await(NOTHING.argv(), process, TIMEOUT);
        if (!result.ok()) {
            throw new IOException(result.describe());
        }
    }

    private static Process startNode(NetNamespace namespace, Path root) throws IOException {
        NodeFiles files = new NodeFiles(root);
        files.create();
        // The directory of namespaces' names is created with the first lab.
        List<NamespacedProcess.Bind> binds =
                files.binds().stream().filter(bind -> Files.exists(bind.source())).toList();
        return new NamespacedProcess(namespace, binds).start(NOTHING);
    }
}
