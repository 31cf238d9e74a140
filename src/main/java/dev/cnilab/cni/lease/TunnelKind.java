package dev.cnilab.cni.lease;

import java.util.Locale;

/** What carries the packets of a node's tunnel device. */
public enum TunnelKind {
    /** The kernel's ipip driver. */
    KERNEL,
    /** A TUN device and a raw socket of this program, for kernels without that driver. */
    TUN;

    /** As annotations and reports write it: {@code kernel} or {@code tun}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
