package dev.cnilab.cluster.embedded.node;

import dev.cnilab.host.NamespaceProcesses;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.host.OwnedNamespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** What a lab has left in the kernel: its namespaces, and the processes in them. */
public final class Leftovers {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String lab;
    private final OwnedNamespaces owned;

    /**
     * @param folder the lab's state folder
     */
    public Leftovers(String lab, Path folder) {
        this.lab = lab;
        this.owned = new OwnedNamespaces(folder);
    }

    /** Whether there is any. */
    public boolean exist() throws IOException {
        return !owned.names().isEmpty();
    }

    /**
     * Ends the pods' processes and removes their namespaces; nodes and their network stay.
     *
     * @param nodes their names
     */
    public void removePods(Collection<String> nodes) throws IOException {
        remove(name -> nodes.stream().anyMatch(node -> name.startsWith(node + ".")));
    }

    /** Ends every process in nodes and pods and removes their namespaces. Repeatable. */
    public void removeNodes() throws IOException {
        String network = Fabric.namespace(lab).name();
        remove(name -> !name.equals(network));
    }

    /** Ends every process of the lab and removes every namespace. Repeatable. */
    public void removeAll() throws IOException {
        remove(name -> true);
        OwnedNamespaces.prune();
    }

    private void remove(Predicate<String> wanted) throws IOException {
        List<String> names = owned.names().stream().filter(wanted).toList();
        List<NetNamespace> namespaces = new ArrayList<>();
        for (String name : names) {
            if (owned.has(name)) {
                namespaces.add(NetNamespace.named(name));
            }
        }
        NamespaceProcesses.end(namespaces, GRACE);
        for (String name : names) {
            owned.delete(name);
        }
    }
}
