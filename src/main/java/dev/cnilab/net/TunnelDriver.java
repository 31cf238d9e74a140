package dev.cnilab.net;

import java.util.Optional;
import java.util.stream.Stream;

/** What implements a node's tunnel device. */
public enum TunnelDriver {
    /** The kernel's driver of the encapsulation. */
    KERNEL("kernel", "kernel"),
    /** A TUN device and a raw socket in the agent, for kernels without that driver. */
    USER_SPACE("user space", "tun");

    private final String text;
    private final String label;

    TunnelDriver(String text, String label) {
        this.text = text;
        this.label = label;
    }

    /** Returns the driver with this {@link #text}; empty for any other text. */
    public static Optional<TunnelDriver> of(String text) {
        return Stream.of(values()).filter(driver -> driver.text.equals(text)).findFirst();
    }

    /** Returns the driver's name in messages: {@code user space}. */
    public String text() {
        return text;
    }

    /** Returns the driver's name in the agent's node annotation. */
    public String label() {
        return label;
    }
}
