package dev.cnilab.cluster;

/** For a provider that reaches more than one cluster. */
@FunctionalInterface
public interface ClusterSelection {

    /**
     * The provider for one cluster.
     *
     * @param place which one, as that provider writes it; kept with the lab
     */
    Provider at(String place);
}
