package dev.cnilab.existing;

import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.kubeconfig.SelectedContext;
import java.io.IOException;

/**
 * The image of agent and demo on nodes that have or pull it; the pods through which lab runs
 * commands show which.
 */
record PulledImage(ExistingState state, LabelledObjects objects, NodePods nodes)
        implements ImageLoader {

    @Override
    public boolean loaded() throws IOException {
        return nodes.everywhere();
    }

    @Override
    public void load() throws IOException {
        objects.apply(NodePods.manifest(state.image()));
        nodes.await(state.image(), SelectedContext.of(state.kubeconfig(), "").name());
    }
}
