package dev.cnilab.cni.lease;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;

/**
 * A node's subnet and how the other nodes reach it.
 *
 * @param node the node's name
 * @param subnet whose pods the node runs
 * @param publicIp to which packets for the subnet are tunnelled
 * @param backendType of flannel's backend, {@code ipip}: how
 * @param backendData what the backend must know of the node besides, as JSON
 */
public record Lease(
        String node,
        Ipv4Prefix subnet,
        Ipv4Address publicIp,
        String backendType,
        String backendData) {}
