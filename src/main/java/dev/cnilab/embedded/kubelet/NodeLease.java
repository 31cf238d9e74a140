package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Renews the node's Lease, which {@code kubectl describe node} shows. */
record NodeLease(Store store, String node) {
    private static final String NAMESPACE = "kube-node-lease";

    /** Kubernetes' nodeLeaseDurationSeconds. */
    private static final int SECONDS = 40;

    /** Kubernetes' MicroTime, which always has six fractional digits. */
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    void renew() {
        if (store.get(ResourceType.LEASE, NAMESPACE, node).isEmpty()) {
            store.create(ResourceType.LEASE, object());
        } else {
            store.update(ResourceType.LEASE, NAMESPACE, node, NodeLease::renewed);
        }
    }

    private ObjectNode object() {
        ObjectNode lease = JsonNodeFactory.instance.objectNode();
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        ObjectNode metadata = lease.putObject("metadata");
        metadata.put("namespace", NAMESPACE).put("name", node);
        store.get(ResourceType.NODE, "", node)
                .ifPresent(owner ->
                        metadata.putArray("ownerReferences")
                                .addObject()
                                .put("apiVersion", "v1")
                                .put("kind", "Node")
                                .put("name", node)
                                .put("uid", ObjectMeta.uid(owner)));
        lease.putObject("spec").put("holderIdentity", node).put("leaseDurationSeconds", SECONDS);
        return renewed(lease);
    }

    private static ObjectNode renewed(ObjectNode lease) {
        lease.withObject("/spec").put("renewTime", MICROS.format(Instant.now()));
        return lease;
    }
}
