package dev.cnilab.existing;

import dev.cnilab.cluster.KubernetesObjects;
import dev.cnilab.cluster.kubernetes.KubernetesCluster;
import java.io.IOException;

/**
 * Applies a lab's objects to an existing cluster: each is recorded first, and has the lab's label.
 */
record LabelledObjects(OwnedObjects made, KubernetesCluster api) implements KubernetesObjects {

    @Override
    public void apply(String manifests) throws IOException {
        String labelled = made.labelled(manifests);
        made.claim(labelled, api);
        api.objects().apply(labelled);
    }

    @Override
    public boolean applied(String manifests) throws IOException {
        return api.objects().applied(made.labelled(manifests));
    }

    @Override
    public String before(String manifests) throws IOException {
        return api.objects().before(made.labelled(manifests));
    }

    @Override
    public void restore(String before) throws IOException {
        api.objects().restore(before);
    }

    @Override
    public void delete(String manifests) throws IOException {
        api.objects().delete(manifests);
    }
}
