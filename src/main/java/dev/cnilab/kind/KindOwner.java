package dev.cnilab.kind;

import dev.cnilab.cluster.NodeContainer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Marks the containers of a kind cluster as a lab's. kind cannot set labels on them, but mounts: a
 * mount's target in the node contains the lab's directory. A container has it from its creation,
 * and {@code docker ps} shows it.
 *
 * @param folder the lab's state directory, absolute
 */
record KindOwner(Path folder) {

    /** Mount source; exists on every machine. */
    private static final String SOURCE = "/dev/null";

    private static final String TARGETS = "/var/lib/cnilab/owner";

    boolean owns(NodeContainer container) {
        return container.mounts().contains(target());
    }

    /** The mount in the configuration of a node. */
    String yaml() {
        return """
            extraMounts:
              - hostPath: %s
                containerPath: '%s'
                readOnly: true
        """
                .formatted(SOURCE, target());
    }

    /** The mount's target, escaped: Docker separates a mount's paths by colons. */
    private String target() {
        StringBuilder path = new StringBuilder(TARGETS);
        for (Path name : folder) {
            path.append('/').append(URLEncoder.encode(name.toString(), StandardCharsets.UTF_8));
        }
        return path.toString();
    }
}
