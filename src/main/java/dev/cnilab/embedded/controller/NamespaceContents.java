package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.Optional;
import java.util.Set;

/** Controller that creates every namespace's default service account and CA ConfigMap. */
record NamespaceContents(Store store, Optional<String> caCertificate) implements ObjectReconciler {

    @Override
    public ResourceType type() {
        return ResourceType.NAMESPACE;
    }

    @Override
    public Set<ResourceType> watched() {
        return Set.of(
                ResourceType.NAMESPACE, ResourceType.SERVICE_ACCOUNT, ResourceType.CONFIG_MAP);
    }

    @Override
    public void reconcile(KubeObject namespace) {
        Seed.ensure(store, ResourceType.SERVICE_ACCOUNT, Seed.object(namespace.name(), "default"));
        caCertificate.ifPresent(pem -> publish(namespace.name(), pem));
    }

    private void publish(String namespace, String pem) {
        ObjectNode map = Seed.object(namespace, "kube-root-ca.crt");
        map.putObject("data").put("ca.crt", pem);
        Seed.ensure(store, ResourceType.CONFIG_MAP, map);
    }
}
