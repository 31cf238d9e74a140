package dev.cnilab.embedded.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.net.Ipv4Prefix;
import java.util.HashSet;
import java.util.Set;

/**
 * Controller that assigns every node a pod subnet, the lowest free one in the nodes' order of
 * creation, as long as the node exists.
 */
record NodeIpam(Store store, ControllerSettings settings, EventRecorder events)
        implements ObjectReconciler {

    @Override
    public ResourceType type() {
        return ResourceType.NODE;
    }

    @Override
    public Set<ResourceType> watched() {
        return Set.of(ResourceType.NODE);
    }

    /** Retries nodes for which no subnet was left; all others get theirs on admission. */
    @Override
    public void reconcile(KubeObject node) {
        if (node.spec().hasNonNull("podCIDR")) {
            return;
        }
        ObjectNode now = store.update(ResourceType.NODE, "", node.name(), this::assign);
        if (!now.path("spec").hasNonNull("podCIDR")) {
            events.warning(
                    now,
                    "CIDRNotAvailable",
                    "Node " + node.name() + " status is now: CIDRNotAvailable");
        }
    }

    /**
     * Assigns a subnet on admission of a node; called under the store's lock, so that no two nodes
     * get the same.
     */
    ObjectNode assign(ObjectNode node) {
        if (!node.path("spec").hasNonNull("podCIDR")) {
            Set<String> taken = taken(ObjectMeta.name(node));
            long count = 1L << settings.nodeMask() - settings.podSubnet().length();
            for (int i = 0; i < count; i++) {
                String subnet = subnet(i).toString();
                if (!taken.contains(subnet)) {
                    ObjectNode spec = node.withObject("/spec");
                    spec.put("podCIDR", subnet).putArray("podCIDRs").add(subnet);
                    return node;
                }
            }
        }
        return node;
    }

    private Ipv4Prefix subnet(int index) {
        return new Ipv4Prefix(
                settings.podSubnet().host(index << 32 - settings.nodeMask()), settings.nodeMask());
    }

    private Set<String> taken(String exceptNode) {
        Set<String> taken = new HashSet<>();
        for (KubeObject node : KubeObject.list(store, ResourceType.NODE)) {
            if (!node.name().equals(exceptNode)) {
                taken.add(node.spec().path("podCIDR").asText());
            }
        }
        return taken;
    }
}
