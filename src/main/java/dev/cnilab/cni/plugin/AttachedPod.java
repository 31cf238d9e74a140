package dev.cnilab.cni.plugin;

/**
 * A pod, or any other container, whose network the plugin set up.
 *
 * @param address the reserved address; empty when the link has no reservation
 * @param link its end on the node
 * @param container its ID; empty together with the address
 */
public record AttachedPod(String address, String link, String container) {

    /** Formats the pod as {@code lab cni list} prints it. */
    @Override
    public String toString() {
        return String.join(" ", address.isEmpty() ? "-" : address, link, container).strip();
    }
}
