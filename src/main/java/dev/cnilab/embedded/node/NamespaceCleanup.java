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

/** Removes a lab's namespaces, and the processes in them. */
public final class NamespaceCleanup {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String lab;
    private final OwnedNamespaces owned;

    /**
     * Creates the cleanup.
     *
     * @param folder the lab's state directory
     */
    public NamespaceCleanup(String lab, Path folder) {
        this.lab = lab;
        this.owned = new OwnedNamespaces(folder);
    }

    /** Checks whether there are any. */
    public boolean exist() throws IOException {
        return !owned.names().isEmpty();
    }

    /**
     * Stops the pods' processes, including those in their node's network namespace, and removes the
     * pods' namespaces; nodes and their network stay.
     *
     * @param nodes their names
     */
    public void removePods(Collection<String> nodes) throws IOException {
        end(names(name -> !name.equals(network())));
        delete(names(name -> nodes.stream().anyMatch(node -> name.startsWith(node + "."))));
    }

    /** Stops every process in nodes and pods and removes their namespaces. Repeatable. */
    public void removeNodes() throws IOException {
        remove(names(name -> !name.equals(network())));
    }

    /** Stops every process of the lab and removes all namespaces. Repeatable. */
    public void removeAll() throws IOException {
        remove(owned.names());
        OwnedNamespaces.prune();
    }

    private String network() {
        return BridgeNamespace.namespace(lab).name();
    }

    private List<String> names(Predicate<String> filter) throws IOException {
        return owned.names().stream().filter(filter).toList();
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
