package dev.cnilab.embedded.node;

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
public final class NamespaceCleanup {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String lab;
    private final OwnedNamespaces owned;

    /**
     * @param folder the lab's state folder
     */
    public NamespaceCleanup(String lab, Path folder) {
        this.lab = lab;
        this.owned = new OwnedNamespaces(folder);
    }

    /** Whether there is any. */
    public boolean exist() throws IOException {
        return !owned.names().isEmpty();
    }

    /**
     * Ends the pods' processes, also those with their node's network, and removes the pods'
     * namespaces; nodes and their network stay.
     *
     * @param nodes their names
     */
    public void removePods(Collection<String> nodes) throws IOException {
        end(names(name -> !name.equals(network())));
        delete(names(name -> nodes.stream().anyMatch(node -> name.startsWith(node + "."))));
    }

    /** Ends every process in nodes and pods and removes their namespaces. Repeatable. */
    public void removeNodes() throws IOException {
        remove(names(name -> !name.equals(network())));
    }

    /** Ends every process of the lab and removes every namespace. Repeatable. */
    public void removeAll() throws IOException {
        remove(owned.names());
        OwnedNamespaces.prune();
    }

    private String network() {
        return BridgeNamespace.namespace(lab).name();
    }

    private List<String> names(Predicate<String> wanted) throws IOException {
        return owned.names().stream().filter(wanted).toList();
    }

    private void remove(List<String> names) throws IOException {
        end(names);
        delete(names);
    }

    private void end(List<String> names) throws IOException {
        List<NetNamespace> namespaces = new ArrayList<>();
        for (String name : names) {
            if (owned.has(name)) {
                namespaces.add(NetNamespace.named(name));
            }
        }
        NamespaceProcesses.end(namespaces, GRACE);
    }

    private void delete(List<String> names) throws IOException {
        for (String name : names) {
            owned.delete(name);
        }
    }
}
