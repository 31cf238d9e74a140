package dev.cnilab.cli.walk;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.ObjectTableText;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.ObjectTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code kubectl get} of pods, nodes and services, for machines without kubectl. */
final class KubectlGet {

    /** The supported types by kubectl's names. */
    private static final Map<String, String> PLURALS =
            Map.of(
                    "pod", "pods",
                    "pods", "pods",
                    "po", "pods",
                    "node", "nodes",
                    "nodes", "nodes",
                    "no", "nodes",
                    "service", "services",
                    "services", "services",
                    "svc", "services");

    private final Cluster cluster;

    KubectlGet(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * @param arguments as for kubectl
     * @throws Failure if not supported
     */
    String render(List<String> arguments) throws IOException {
        String plural =
                arguments.size() > 1 && arguments.getFirst().equals("get")
                        ? PLURALS.getOrDefault(arguments.get(1), "")
                        : "";
        if (plural.isEmpty()) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "no-kubectl",
                    "kubectl is not on PATH",
                    "",
                    "without it: kubectl get pods|nodes|services [-A|-n NAMESPACE] [-o wide],"
                            + " kubectl exec");
        }
        boolean all = arguments.contains("-A") || arguments.contains("--all-namespaces");
        boolean wide = arguments.contains("wide") || arguments.contains("-owide");
        int flag = arguments.indexOf("-n");
        String namespace =
                flag >= 0 && flag + 1 < arguments.size() ? arguments.get(flag + 1) : "default";
        Optional<String> of =
                all || plural.equals("nodes") ? Optional.empty() : Optional.of(namespace);
        ObjectTable table = cluster.table(plural, of);
        if (table.rows().isEmpty()) {
            return of.map(name -> "No resources found in " + name + " namespace.\n")
                    .orElse("No resources found\n");
        }
        return ObjectTableText.of(
                table, all && !plural.equals("nodes"), column -> wide || !column.wide());
    }
}
