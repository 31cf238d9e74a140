package dev.cnilab.graph;

import dev.cnilab.net.Ipv4Address;
import java.util.Optional;

/**
 * A pod with a network namespace of its own.
 *
 * @param address as reported by the Kubernetes API
 */
public record PodNet(String namespace, String name, Optional<Ipv4Address> address, Netns netns) {}
