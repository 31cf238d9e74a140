package dev.cnilab.kind;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.NodeSpec;

/** kind's own description of a cluster (kind.x-k8s.io/v1alpha4), from a lab's. */
public final class KindConfig {

    private KindConfig() {}

    /**
     * @throws Failure when the lab wants something of kind that kind can't do
     */
    public static String of(LabSpec spec) throws Failure {
        return of(spec, "");
    }

    /**
     * {@link #of(LabSpec)} for nodes that are a lab's.
     *
     * @throws Failure when the lab wants something of kind that kind can't do
     */
    static String of(LabSpec spec, KindOwner owner) throws Failure {
        return of(spec, owner.yaml());
    }

    private static String of(LabSpec spec, String ofEachNode) throws Failure {
        StringBuilder yaml =
                new StringBuilder(
                        """
                        kind: Cluster
                        apiVersion: kind.x-k8s.io/v1alpha4
                        name: %s
                        networking:
                          # The lab installs its own.
                          disableDefaultCNI: true
                          podSubnet: %s
                          serviceSubnet: %s
                        nodes:
                        """
                                .formatted(
                                        spec.name(),
                                        spec.kubernetes().podSubnet(),
                                        spec.kubernetes().serviceSubnet()));
        for (NodeSpec node : spec.nodes()) {
            if (node.name().isPresent()) {
                throw new Failure(
                        Failure.Kind.USAGE,
                        "kind-names-nodes",
                        "kind gives the nodes their names",
                        "the spec names one " + node.name().get(),
                        "leave nodes[].name out, or use --provider embedded");
            }
            yaml.append("  - role: ").append(node.role().text()).append('\n');
            yaml.append("    image: ").append(spec.kubernetes().image()).append('\n');
            yaml.append(ofEachNode);
        }
        return yaml.toString();
    }
}
