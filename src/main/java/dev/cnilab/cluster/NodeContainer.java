package dev.cnilab.cluster;

import java.time.Instant;
import java.util.List;

/**
 * A container that is a node, as {@code docker ps -a} shows it.
 *
 * @param status in Docker's words: "Up 24 hours"
 * @param ports in Docker's notation; empty for none
 * @param mounts where in the container something is mounted
 */
public record NodeContainer(
        String id,
        String image,
        String command,
        Instant created,
        String status,
        String ports,
        String name,
        List<String> mounts) {

    public NodeContainer {
        mounts = List.copyOf(mounts);
    }
}
