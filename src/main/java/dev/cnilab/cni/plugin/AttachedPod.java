package dev.cnilab.cni.plugin;

/**
 * A pod, or any other container, that has its network from the plugin.
 *
 * @param address that is reserved for it; empty when no reservation leads to its link
 * @param link its end on the node
 * @param container its id; empty together with the address
 */
public record AttachedPod(String address, String link, String container) {

    /** As {@code lab cni list} prints it. */
    @Override
    public String toString() {
        return String.join(" ", address.isEmpty() ? "-" : address, link, container).strip();
    }
}
