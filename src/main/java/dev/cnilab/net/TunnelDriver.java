package dev.cnilab.net;

import java.util.Optional;
import java.util.stream.Stream;

/** What carries the packets of a node's tunnel device. */
public enum TunnelDriver {
    /** A driver of the kernel's. */
    KERNEL("kernel", "kernel"),
    /** A TUN device and a raw socket of lab's own, for kernels without that driver. */
    USER_SPACE("user space", "tun");

    private final String text;
    private final String label;

    TunnelDriver(String text, String label) {
        this.text = text;
        this.label = label;
    }

    /** The one with this {@link #text}; empty for none. */
    public static Optional<TunnelDriver> of(String text) {
        return Stream.of(values()).filter(driver -> driver.text.equals(text)).findFirst();
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** As the agent's annotation on its node has it. */
    public String label() {
        return label;
    }
}
