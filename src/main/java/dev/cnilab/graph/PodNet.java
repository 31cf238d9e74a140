package dev.cnilab.graph;

import dev.cnilab.net.Ipv4Address;
import java.util.Optional;

/**
 * A pod that has a network of its own.
 *
 * @param address as the Kubernetes API tells it
 */
public record PodNet(String namespace, String name, Optional<Ipv4Address> address, Netns netns) {}
