package dev.cnilab.kind;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.NodeSpec;

/** Generates kind's configuration (kind.x-k8s.io/v1alpha4) from a lab's spec. */
public final class KindConfig {

    private KindConfig() {}

    /**
     * @throws Failure if kind does not support the spec
     */
    public static String of(LabSpec spec) throws Failure {
        return of(spec, "");
    }

    /**
     * {@link #of(LabSpec)} with nodes that are marked as a lab's.
     *
     * @throws Failure if kind does not support the spec
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
                          # The lab installs its own CNI.
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
                        "kind does not support names of nodes",
                        "the spec has a node named " + node.name().get(),
                        "remove nodes[].name, or use --provider embedded");
            }
            yaml.append("  - role: ").append(node.role().text()).append('\n');
            yaml.append("    image: ").append(spec.kubernetes().image()).append('\n');
            yaml.append(ofEachNode);
        }
        return yaml.toString();
    }
}
