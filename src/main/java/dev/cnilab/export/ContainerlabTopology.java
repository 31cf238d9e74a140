package dev.cnilab.export;

import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.NetworkSpec;
import dev.cnilab.spec.ShellWords;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Generates a containerlab topology in which the lab's cluster is a node of kind {@code k8s-kind}.
 * The cluster's nodes are not part of the topology: as {@code ext-container} they would wait for
 * containers that the cluster creates and, on a machine with few cores, block all of containerlab's
 * workers.
 */
public final class ContainerlabTopology {

    private ContainerlabTopology() {}

    /**
     * Returns the topology's YAML, with the steps to create the lab on it.
     *
     * @param lab as {@code lab up} accepts it: a bundled lab's name or a path
     * @param choices further options of {@code lab export} that affect the spec
     */
    public static String of(LabSpec spec, String lab, List<String> choices) {
        NetworkSpec network = spec.network();
        String exported =
                Stream.concat(Stream.of(lab), choices.stream())
                        .map(ShellWords::quote)
                        .collect(Collectors.joining(" "));
        return """
        # containerlab's topology of the lab %1$s. Written by: lab export containerlab
        #
        #   lab export kind %2$s >%1$s.kind.yaml
        #   %9$scontainerlab deploy -t %1$s.clab.yaml
        #
        # The nodes then wait for a CNI:
        #   lab image save lab.tar
        #   kind load image-archive lab.tar --name %1$s
        #   kind get kubeconfig --name %1$s >%1$s.kubeconfig
        #   lab up %3$s --name %1$s --provider existing --kubeconfig %1$s.kubeconfig
        #
        # To delete it (containerlab destroy does not find nodes created by kind):
        #   lab down %1$s
        #   kind delete cluster --name %1$s
        #   docker network rm %4$s
        name: %1$s
        mgmt:
          network: %4$s
          ipv4-subnet: %5$s
          ipv4-gw: %6$s
          ipv6-subnet: %7$s
          ipv6-gw: %8$s
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
                        exported,
                        ShellWords.quote(lab),
                        network.name(),
                        network.ipv4().subnet(),
                        network.ipv4().gateway(),
                        network.ipv6().subnet(),
                        network.ipv6().gateway().address(),
                        joining(network));
    }

    /**
     * Selects the topology's network for kind in containerlab, which otherwise uses its default.
     */
    private static String joining(NetworkSpec network) {
        return network.name().equals("kind")
                ? ""
                : "KIND_EXPERIMENTAL_DOCKER_NETWORK=" + network.name() + " ";
    }
}
