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
 * The files that a node has for itself; all others are this machine's.
 *
 * @param root stands for the node's {@code /}
 */
public record NodeFiles(Path root) {

    /** As processes of the node see them. */
    public static final Path CNI_BIN = Path.of("/opt/cni/bin");

    private static final Path RUN = Path.of("/run");

    /** Laid over this machine's; what is below them is the node's own. */
    private static final List<Path> OWN =
            List.of(Path.of("/etc/cni"), Path.of("/opt/cni"), Path.of("/var/lib/cni"), RUN);

    /** The node's files in a lab's state folder. */
    public static NodeFiles of(Path state, String node) {
        return new NodeFiles(state.resolve("nodes").resolve(node).resolve("root"));
    }

    /**
     * The directory that a node has for itself, so that it does not see this path of the machine.
     */
    public static Optional<Path> hiding(Path onMachine) {
        return OWN.stream().filter(onMachine::startsWith).findFirst();
    }

    /** Makes the directories; repeatable. */
    public void create() throws IOException {
        for (Path own : OWN) {
            Files.createDirectories(here(own));
        }
        Files.createDirectories(cniConf());
        Files.createDirectories(cniBin());
        Files.createDirectories(here(NetNamespace.DIRECTORY));
        Files.createDirectories(here(Path.of("/var/log/pods")));
    }

    /** Forgets what a machine loses when it starts anew: {@code /run}, and the pods it ran. */
    public void reboot() throws IOException {
        FileTree.delete(here(RUN));
        FileTree.delete(here(Path.of("/var/lib/kubelet")));
        create();
    }

    /** Where a path of the node is kept on this machine. */
    public Path here(Path inNode) {
        return root.resolve(Path.of("/").relativize(inNode));
    }

    /**
     * Where a path of the node is found on this machine: below {@link #root()} when it is one of
     * the node's own or exists there, else this machine's.
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

    /** What a process of the node sees. Names of namespaces are the machine's. */
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
