package dev.cnilab.cluster;

/** Selects one of several clusters that a provider can reach. */
@FunctionalInterface
public interface ClusterSelection {

    /**
     * The provider for one cluster.
     *
     * @param place the cluster in the provider's own notation; stored with the lab
     */
    Provider at(String place);
}
