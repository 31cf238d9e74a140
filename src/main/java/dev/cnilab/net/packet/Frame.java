package dev.cnilab.net.packet;

import java.time.Instant;

/** A captured frame: its bytes and the capture's metadata. */
public final class Frame {

    /** The direction in which a frame crossed the interface. */
    public enum Direction {
        IN,
        OUT,
        /** The capture file does not record it. */
        UNKNOWN
    }

    private final Instant time;
    private final String interfaceName;
    private final LinkType linkType;
    private final Direction direction;
    private final int wireLength;
    private final byte[] bytes;

    /**
     * Creates a frame.
     *
     * @param interfaceName where it was captured; "" when a capture file does not record it
     * @param wireLength length on the wire in bytes, at least that of {@code bytes}
     * @param bytes the captured bytes; not copied
     */
    public Frame(
            Instant time,
            String interfaceName,
            LinkType linkType,
            Direction direction,
            int wireLength,
            byte[] bytes) {
        this.time = time;
        this.interfaceName = interfaceName;
        this.linkType = linkType;
        this.direction = direction;
        this.wireLength = wireLength;
        this.bytes = bytes;
    }

    public Instant time() {
        return time;
    }

    public String interfaceName() {
        return interfaceName;
    }

    public LinkType linkType() {
        return linkType;
    }

    public Direction direction() {
        return direction;
    }

    public int wireLength() {
        return wireLength;
    }

    /** Returns the bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public Packet decode() {
        return Packet.decode(linkType, bytes);
    }
}
