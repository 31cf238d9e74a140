package dev.cnilab.kind;

import dev.cnilab.cluster.NodeContainer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Whose a kind cluster's containers are. Neither kind nor Docker takes a label of ours for them,
 * but a mount, which a container has from its first moment and {@code docker ps} shows: its target
 * in the node names the lab's folder.
 *
 * @param folder the lab's state folder, absolute
 */
record KindOwner(Path folder) {

    /** There on every machine, and empty. */
    private static final String SOURCE = "/dev/null";

    private static final String TARGETS = "/var/lib/cnilab/owner";

    boolean owns(NodeContainer container) {
        return container.mounts().contains(target());
    }

    /** Of a node in kind's configuration. */
    String yaml() {
        return """
            extraMounts:
              - hostPath: %s
                containerPath: '%s'
                readOnly: true
        """
                .formatted(SOURCE, target());
    }

    /** Docker parts a mount's paths by colons. */
    private String target() {
        StringBuilder path = new StringBuilder(TARGETS);
        for (Path name : folder) {
            path.append('/').append(URLEncoder.encode(name.toString(), StandardCharsets.UTF_8));
        }
        return path.toString();
    }
}
