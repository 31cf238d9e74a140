package dev.cnilab.cluster;

import dev.cnilab.spec.LabSpec;
import dev.cnilab.spec.ManifestObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creates, opens and deletes clusters. All methods are repeatable, also after an attempt that was
 * interrupted. What only some providers support is a capability, empty for the others.
 *
 * <p>{@code folder} is the lab's state directory, where a provider keeps its own state, too.
 */
public interface Provider {

    /** The value of {@code --provider}: {@code embedded}, {@code kind}. */
    String name();

    /** Whether it is the default provider on this machine. */
    boolean isDefault();

    /** Whether it needs root, on this machine or in a user namespace. */
    boolean needsRoot();

    /** The name of the image of agent and demo in manifests. */
    String image() throws IOException;

    /** Empty if no image needs to be built. */
    Optional<ImageBuild> imageBuild();

    /** Empty if the provider does not create the nodes. */
    Optional<NodeNetwork> network();

    /** Empty if the provider has one cluster per lab only. */
    Optional<ClusterSelection> selection();

    /**
     * Whether it creates the nodes. If not, lab does not manage their network, their start or this
     * machine's sysctls.
     */
    default boolean managesNodes() {
        return network().isPresent();
    }

    /**
     * Reports what its clusters do not serve of an object of a manifest. By default nothing: a
     * cluster of Kubernetes serves more than lab knows.
     */
    default void check(ManifestObject object) {}

    /**
     * Checks the provider's requirements before anything is created.
     *
     * @throws dev.cnilab.base.Failure naming what is missing, or the owner of a name that the lab
     *     needs
     */
    void preflight(LabSpec spec, Path folder, Downloads downloads) throws IOException;

    /**
     * Whether anything on this machine is marked as owned by the lab with that folder; the folder
     * itself may be lost.
     */
    boolean remains(String lab, Path folder) throws IOException;

    /** Whether the cluster exists and its API answers. */
    default boolean clusterExists(String lab, Path folder) throws IOException {
        Optional<Cluster> cluster = open(lab, folder);
        cluster.ifPresent(Cluster::close);
        return cluster.isPresent();
    }

    /**
     * Creates the nodes and the Kubernetes API, and writes {@code folder/kubeconfig}. Nodes become
     * Ready only after a CNI is installed.
     *
     * @param downloads source of missing programs
     */
    void createCluster(LabSpec spec, Path folder, Downloads downloads, CreationProgress progress)
            throws IOException;

    /**
     * Whether {@link #createCluster} would resume an earlier cluster with all its objects rather
     * than create a new one.
     */
    boolean resumes(Path folder) throws IOException;

    /**
     * Deletes everything that belongs to the lab's cluster, in whatever state it is.
     *
     * @param force even if this affects other users of the cluster
     * @param progress receives lines of progress
     */
    void deleteCluster(String lab, Path folder, boolean force, Consumer<String> progress)
            throws IOException;

    /** The cluster; empty when it does not exist or its API does not answer. */
    Optional<Cluster> open(String lab, Path folder) throws IOException;
}
