package dev.cnilab.cluster.embedded.node;

import dev.cnilab.host.NamespaceDirectory;
import dev.cnilab.host.NamespaceProcesses;
import dev.cnilab.host.NetNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a lab has left in the kernel, found by the names of its namespaces: {@code LAB.net}, those
 * of its nodes, and {@code NODE.NAMESPACE.POD} for each pod.
 */
public final class Leftovers {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String lab;
    private final Collection<String> nodes;

    /**
     * @param nodes their names where they are known; names as kind gives them are found anyway
     */
    public Leftovers(String lab, Collection<String> nodes) {
        this.lab = lab;
        this.nodes = List.copyOf(nodes);
    }

    /** Ends the pods' processes and removes their namespaces; nodes and their network stay. */
    public void removePods() throws IOException {
        NamespaceProcesses.end(namespaces(this::ofNodeOrPod), GRACE);
        removeAll(namespaces(this::ofPod));
    }

    /** Ends every process in nodes and pods and removes their namespaces. Repeatable. */
    public void removeNodes() throws IOException {
        removePods();
        removeAll(namespaces(this::ofNode));
    }

    /** Ends every process of the lab and removes every namespace. Repeatable. */
    public void removeAll() throws IOException {
        NamespaceProcesses.end(namespaces(this::ofLab), GRACE);
        removeAll(namespaces(this::ofPod));
        removeAll(namespaces(this::ofLab));
        NamespaceDirectory.release();
    }

    private static void removeAll(List<NetNamespace> namespaces) throws IOException {
        for (NetNamespace namespace : namespaces) {
            namespace.delete();
        }
    }

    private boolean ofLab(String name) {
        return name.equals(Fabric.namespace(lab).name()) || ofNodeOrPod(name);
    }

    private boolean ofNodeOrPod(String name) {
        return ofNode(name) || ofPod(name);
    }

    private boolean ofNode(String name) {
        return nodes.contains(name)
                || name.startsWith(lab + "-")
                        && name.substring(lab.length() + 1).matches("(control-plane|worker)[0-9]*");
    }

    /** A pod's name may have dots, those of its node and namespace have none. */
    private boolean ofPod(String name) {
        String[] parts = name.split("\\.", 3);
        return parts.length == 3 && ofNode(parts[0]);
    }

    private static List<NetNamespace> namespaces(java.util.function.Predicate<String> wanted)
            throws IOException {
        if (!Files.isDirectory(NetNamespace.DIRECTORY)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(NetNamespace.DIRECTORY)) {
            return files.map(NetNamespace::new)
                    .filter(namespace -> wanted.test(namespace.name()))
                    .toList();
        }
    }
}
