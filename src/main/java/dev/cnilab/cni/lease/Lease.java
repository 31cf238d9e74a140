package dev.cnilab.cni.lease;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;

/**
 * A node's subnet and how other nodes reach it.
 *
 * @param node the node's name
 * @param subnet addresses of the node's pods
 * @param publicIp address to which packets for the subnet are tunnelled
 * @param backendType name of flannel's backend: {@code ipip}
 * @param backendData what the backend needs to know of the node besides, as JSON
 */
public record Lease(
        String node,
        Ipv4Prefix subnet,
        Ipv4Address publicIp,
        String backendType,
        String backendData) {}
