package dev.cnilab.cluster.kubernetes;

import static dev.cnilab.cluster.kubernetes.Requests.ask;

import dev.cnilab.cluster.ClusterDns;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The cluster's DNS, as kubeadm deploys it. */
final class CoreDns implements ClusterDns {

    private final KubernetesClient client;

    CoreDns(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public boolean runs() throws IOException {
        @Nullable Deployment found = ask(() -> dns().get());
        return found != null && !Integer.valueOf(0).equals(found.getSpec().getReplicas());
    }

    @Override
    public void stop() throws IOException {
        if (runs()) {
            ask(() -> dns().scale(0));
        }
    }

    private RollableScalableResource<Deployment> dns() {
        return client.apps().deployments().inNamespace("kube-system").withName("coredns");
    }
}
