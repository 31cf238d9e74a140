package dev.cnilab.export;

import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.NetworkSpec;

/**
 * A containerlab topology with the lab's cluster as a node of kind {@code k8s-kind}, and the
 * cluster's nodes as {@code ext-container}, to which links can be drawn.
 */
public final class ContainerlabTopology {

    private ContainerlabTopology() {}

    /** The topology's YAML. */
    public static String of(LabSpec spec) {
        NetworkSpec network = spec.network();
        StringBuilder yaml =
                new StringBuilder(
                        """
                        # containerlab's topology of the lab %1$s. Written by: lab export containerlab
                        #
                        #   lab export kind %1$s >%1$s.kind.yaml
                        #   containerlab deploy -t %1$s.clab.yaml
                        #
                        # The nodes wait for a CNI then:
                        #   kind get kubeconfig --name %1$s >%1$s.kubeconfig
                        #   lab up %1$s --provider existing --kubeconfig %1$s.kubeconfig
                        name: %1$s
                        mgmt:
                          network: %2$s
                          ipv4-subnet: %3$s
                          ipv4-gw: %4$s
                          ipv6-subnet: %5$s
                          ipv6-gw: %6$s
                        topology:
                          nodes:
                            %1$s:
                              kind: k8s-kind
                              startup-config: %1$s.kind.yaml
                              extras:
                                k8s_kind:
                                  deploy:
                                    # Without a CNI no node gets Ready.
                                    wait: 0s
                        """
                                .formatted(
                                        spec.name(),
                                        network.name(),
                                        network.ipv4().subnet(),
                                        network.ipv4().gateway(),
                                        network.ipv6().subnet(),
                                        network.ipv6().gateway().address()));
        for (String node : spec.nodeNames()) {
            yaml.append("    ").append(node).append(":\n      kind: ext-container\n");
        }
        return yaml.toString();
    }
}
