package dev.cnilab.embedded.node;

import dev.cnilab.host.FileTree;
import dev.cnilab.host.NamespacedProcess;
import dev.cnilab.host.NamespacedProcess.Bind;
import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The private files of a node; all others are this machine's.
 *
 * @param root the directory of the node's {@code /}
 */
public record NodeFiles(Path root) {

    /** Paths as seen by processes of the node. */
    public static final Path CNI_BIN = Path.of("/opt/cni/bin");

    private static final Path RUN = Path.of("/run");

    /** Directories mounted over this machine's; their content is private to the node. */
    private static final List<Path> OWN =
            List.of(Path.of("/etc/cni"), Path.of("/opt/cni"), Path.of("/var/lib/cni"), RUN);

    /** Returns a node's files in a lab's state directory. */
    public static NodeFiles of(Path state, String node) {
        return new NodeFiles(state.resolve("nodes").resolve(node).resolve("root"));
    }

    /** Returns the node's private directory that hides this path of the machine, if any. */
    public static Optional<Path> hiding(Path onMachine) {
        return OWN.stream().filter(onMachine::startsWith).findFirst();
    }

    /** Creates the directories. Repeatable. */
    public void create() throws IOException {
        for (Path own : OWN) {
            Files.createDirectories(here(own));
        }
        Files.createDirectories(cniConf());
        Files.createDirectories(cniBin());
        Files.createDirectories(here(NetNamespace.DIRECTORY));
        Files.createDirectories(here(Path.of("/var/log/pods")));
    }

    /** Deletes what does not survive a reboot: {@code /run}, and running pods. */
    public void reboot() throws IOException {
        FileTree.delete(here(RUN));
        FileTree.delete(here(Path.of("/var/lib/kubelet")));
        create();
    }

    /** Returns where a private path of the node is on this machine. */
    public Path here(Path inNode) {
        return root.resolve(Path.of("/").relativize(inNode));
    }

    /**
     * Returns where a path of the node is on this machine: below {@link #root()} when it is private
     * to the node or exists there, else the machine's own.
     */
    public Path resolve(Path inNode) {
        Path path = inNode.normalize();
        return hiding(path).isPresent() || Files.exists(here(path)) ? here(path) : path;
    }

    public Path cniConf() {
        return here(Path.of("/etc/cni/net.d"));
    }

    public Path cniBin() {
        return here(CNI_BIN);
    }

    /** Returns the binds for processes of the node. Names of namespaces are the machine's. */
    public List<Bind> binds() {
        return Stream.concat(
                        Stream.of(new Bind(NetNamespace.DIRECTORY, here(NetNamespace.DIRECTORY))),
                        OWN.stream().map(own -> new Bind(here(own), own)))
                .toList();
    }

    public NamespacedProcess enclosure(String node) {
        return new NamespacedProcess(NetNamespace.named(node), binds(), node);
    }
}
