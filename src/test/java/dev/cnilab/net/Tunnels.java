package dev.cnilab.net;

import dev.cnilab.cni.backend.IpipBackend;

/** Tunnels for tests. */
public final class Tunnels {

    public static final Tunnel IPIP =
            new IpipBackend(false).tunnel(TunnelDriver.KERNEL).orElseThrow();

    /** As flannel's backend vxlan has it, with which IPIP shares neither name nor number. */
    public static final Tunnel VXLAN =
            new Tunnel("flannel.1", "vxlan", TunnelDriver.KERNEL, "VXLAN", 50, 17);

    private Tunnels() {}
}
