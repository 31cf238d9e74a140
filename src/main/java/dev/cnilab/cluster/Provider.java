package dev.cnilab.cluster;

import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A way to get a cluster. Every method can be repeated, and finds whatever an earlier try left.
 * What only some providers do is a capability, empty for the others.
 *
 * <p>{@code folder} is where the lab keeps its state: what a provider must remember, it keeps
 * there.
 */
public interface Provider {

    /** As {@code --provider} takes it: {@code embedded}, {@code kind}. */
    String name();

    /** Whether labs come up with it on this machine when none is chosen. */
    boolean isDefault();

    /** Whether it takes root of this machine, or of a user namespace. */
    boolean needsRoot();

    /** What manifests call the image of agent and demo. */
    String image() throws IOException;

    /** Empty where there is nothing to build. */
    Optional<ImageBuild> imageBuild();

    /** Empty where the provider does not create the nodes. */
    Optional<NodeNetwork> network();

    /** Empty where there is one place only. */
    Optional<ClusterSelection> selection();

    /**
     * Whether it creates the nodes. Otherwise their network, their start and this machine's sysctls
     * are not the lab's.
     */
    default boolean managesNodes() {
        return network().isPresent();
    }

    /**
     * Checks for what would make the rest fail, before anything is created.
     *
     * @throws dev.cnilab.base.Failure naming what is missing, or whose a name is that the lab needs
     */
    void preflight(LabSpec spec, Path folder, Downloads downloads) throws IOException;

    /**
     * Whether anything on this machine bears the mark of the lab with that folder, which itself may
     * be lost.
     */
    boolean remains(String lab, Path folder) throws IOException;

    /** Whether the cluster exists and its API answers. */
    default boolean clusterExists(String lab, Path folder) throws IOException {
        Optional<Cluster> cluster = open(lab, folder);
        cluster.ifPresent(Cluster::close);
        return cluster.isPresent();
    }

    /**
     * Creates the nodes and the Kubernetes API, and writes {@code folder/kubeconfig}. Nodes are not
     * Ready afterwards: they wait for a CNI.
     *
     * @param downloads where programs come from that are missing
     */
    void createCluster(LabSpec spec, Path folder, Downloads downloads, CreationProgress progress)
            throws IOException;

    /**
     * Whether {@link #createCluster} would resume a cluster that once served, with every object in
     * it, rather than create another one.
     */
    boolean resumes(Path folder) throws IOException;

    /**
     * Deletes all that belongs to the lab's cluster, whatever state it is in.
     *
     * @param force also at the cost of other users of the cluster
     * @param progress takes what happens meanwhile, a line each
     */
    void deleteCluster(String lab, Path folder, boolean force, Consumer<String> progress)
            throws IOException;

    /** The cluster; empty when it does not exist or its API does not answer. */
    Optional<Cluster> open(String lab, Path folder) throws IOException;
}
