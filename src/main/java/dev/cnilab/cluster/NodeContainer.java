package dev.cnilab.cluster;

import java.time.Instant;
import java.util.List;

/**
 * A container that is a node, as {@code docker ps -a} shows it.
 *
 * @param status as Docker prints it: "Up 24 hours"
 * @param ports in Docker's notation; empty for none
 * @param mounts mount points in the container
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
