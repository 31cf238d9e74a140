package dev.cnilab.net;

import java.util.Optional;
import java.util.stream.Stream;

/** What carries the packets of a node's tunnel device. */
public enum TunnelDriver {
    /** The kernel's ipip driver. */
    KERNEL("kernel", "kernel", "ipip"),
    /** A TUN device and a raw socket of lab's own, for kernels without that driver. */
    USER_SPACE("user space", "tun", "tun");

    private final String text;
    private final String label;
    private final String linkKind;

    TunnelDriver(String text, String label, String linkKind) {
        this.text = text;
        this.label = label;
        this.linkKind = linkKind;
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

    /** The device's kind, as {@code ip -d link} shows it. */
    public String linkKind() {
        return linkKind;
    }
}
