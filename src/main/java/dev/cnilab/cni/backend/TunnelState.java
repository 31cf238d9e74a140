package dev.cnilab.cni.backend;

import dev.cnilab.net.TunnelDriver;

/**
 * The tunnel as it stands.
 *
 * @param mtu of the tunnel, in bytes
 */
public record TunnelState(ExternalInterface external, int mtu, TunnelDriver driver) {}
