package dev.cnilab.cluster;

import dev.cnilab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A way to get a cluster. Every method can be repeated, and finds whatever an earlier try left.
 *
 * <p>{@code folder} is where the lab keeps its state: what a provider must remember, it keeps
 * there.
 */
public interface Provider {

    /** As {@code --provider} takes it: {@code embedded}, {@code kind}. */
    String name();

    /** What manifests call the image of agent and demo. */
    String image() throws IOException;

    /** Whether that image is there to be loaded into nodes. */
    boolean imageBuilt() throws IOException;

    /** Makes that image. */
    void buildImage(Consumer<String> progress) throws IOException;

    /** Whether labs come up with it on this machine when nobody chooses. */
    boolean isUsualHere();

    /**
     * Whether it makes the nodes. Where somebody else did, their network, their start and this
     * machine's sysctls are no business of a lab's.
     */
    default boolean makesNodes() {
        return true;
    }

    /**
     * Looks for what would make the rest fail, before anything is made.
     *
     * @throws dev.cnilab.base.Failure naming what is missing, or whose a name is that the lab needs
     */
    void preflight(LabSpec spec, Path folder, Downloads downloads) throws IOException;

    /**
     * Whether anything on this machine bears the mark of the lab with that folder, which itself may
     * be lost.
     */
    boolean remains(String lab, Path folder) throws IOException;

    boolean networkExists(LabSpec spec, Path folder) throws IOException;

    /** Makes the network that joins the nodes. */
    void createNetwork(LabSpec spec, Path folder) throws IOException;

    void deleteNetwork(String lab, Path folder) throws IOException;

    /** Whether the cluster is there and its API answers. */
    default boolean clusterExists(String lab, Path folder) throws IOException {
        Optional<Cluster> cluster = open(lab, folder);
        cluster.ifPresent(Cluster::close);
        return cluster.isPresent();
    }

    /**
     * Makes the nodes and the Kubernetes API, and writes {@code folder/kubeconfig}. Nodes are not
     * Ready afterwards: they wait for a CNI.
     *
     * @param downloads where programs come from that are missing
     * @param progress takes what is worth telling meanwhile, a line each
     * @param serving may be given the cluster, which it then has to close, as soon as the API
     *     answers, before all nodes have joined
     */
    void createCluster(
            LabSpec spec,
            Path folder,
            Downloads downloads,
            Consumer<String> progress,
            Consumer<Cluster> serving)
            throws IOException;

    /**
     * Whether {@link #createCluster} would go on with a cluster that once served, with every object
     * in it, rather than make another one.
     */
    default boolean resumes(Path folder) throws IOException {
        return false;
    }

    /** Takes away all that belongs to the cluster, whatever state it is in. */
    void deleteCluster(String lab, Path folder, Consumer<String> progress) throws IOException;

    /** The cluster; empty when it is not there or its API does not answer. */
    Optional<Cluster> open(String lab, Path folder) throws IOException;
}
