package dev.cnilab.cni.backend;

import dev.cnilab.net.TunnelDriver;

/**
 * The tunnel's current state.
 *
 * @param mtu of the tunnel, in bytes
 */
public record TunnelState(ExternalInterface external, int mtu, TunnelDriver driver) {}
