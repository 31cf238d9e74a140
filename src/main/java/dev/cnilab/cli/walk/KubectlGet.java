package dev.cnilab.cli.walk;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.Age;
import dev.cnilab.cli.render.TextTable;
import dev.cnilab.cluster.Cluster;
import dev.cnilab.cluster.Node;
import dev.cnilab.cluster.Pod;
import dev.cnilab.cluster.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code kubectl get} of pods, nodes and services, for machines without kubectl. */
final class KubectlGet {

    private static final String NONE = "<none>";

    private final Cluster cluster;

    KubectlGet(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * @param arguments kubectl's
     * @throws Failure for all that is not rendered here
     */
    String render(List<String> arguments) throws IOException {
        boolean all = arguments.contains("-A") || arguments.contains("--all-namespaces");
        int flag = arguments.indexOf("-n");
        String namespace =
                flag >= 0 && flag + 1 < arguments.size() ? arguments.get(flag + 1) : "default";
        Optional<String> wanted = all ? Optional.empty() : Optional.of(namespace);
        String what = arguments.size() > 1 ? arguments.get(1) : "";
        if (!arguments.isEmpty() && arguments.getFirst().equals("get")) {
            switch (what) {
                case "pod", "pods", "po" -> {
                    return pods(wanted);
                }
                case "node", "nodes", "no" -> {
                    return nodes();
                }
                case "service", "services", "svc" -> {
                    return services(wanted);
                }
                default -> {}
            }
        }
        throw new Failure(
                Failure.Kind.USAGE,
                "no-kubectl",
                "kubectl is not on PATH",
                "",
                "without it: kubectl get pods|nodes|services [-A|-n NAMESPACE], kubectl exec");
    }

    private String pods(Optional<String> namespace) throws IOException {
        TextTable table =
                new TextTable(
                        "NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE");
        for (Pod pod : cluster.pods()) {
            if (namespace.isEmpty() || namespace.get().equals(pod.namespace())) {
                table.row(
                        pod.namespace(),
                        pod.name(),
                        pod.readyContainers() + "/" + pod.containers(),
                        pod.phase(),
                        pod.restarts(),
                        Age.since(pod.created()),
                        pod.ip().map(Object::toString).orElse(NONE),
                        pod.node().orElse(NONE));
            }
        }
        return table.toString();
    }

    private String nodes() throws IOException {
        TextTable table = new TextTable("NAME", "STATUS", "ROLES", "VERSION", "INTERNAL-IP");
        for (Node node : cluster.nodes()) {
            table.row(
                    node.name(),
                    node.ready() ? "Ready" : "NotReady",
                    node.role() == Node.Role.CONTROL_PLANE ? "control-plane" : NONE,
                    node.kubeletVersion(),
                    node.internalIp());
        }
        return table.toString();
    }

    private String services(Optional<String> namespace) throws IOException {
        TextTable table =
                new TextTable("NAMESPACE", "NAME", "TYPE", "CLUSTER-IP", "PORT(S)", "SELECTOR");
        for (Service service : cluster.services()) {
            if (namespace.isEmpty() || namespace.get().equals(service.namespace())) {
                table.row(
                        service.namespace(),
                        service.name(),
                        service.type(),
                        service.clusterIp().map(Object::toString).orElse("None"),
                        service.port()
                                + (service.nodePort() > 0 ? ":" + service.nodePort() : "")
                                + "/TCP",
                        selector(service.selector()));
            }
        }
        return table.toString();
    }

    private static String selector(Map<String, String> selector) {
        return selector.isEmpty()
                ? NONE
                : selector.entrySet().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(","));
    }
}
