package dev.cnilab.net.packet;

import java.time.Instant;

/** One captured frame: its bytes, and what the capture knows beside them. */
public final class Frame {

    /** Which way it crossed the interface. */
    public enum Direction {
        IN,
        OUT,
        /** A capture file does not say. */
        UNKNOWN
    }

    private final Instant time;
    private final String interfaceName;
    private final LinkType linkType;
    private final Direction direction;
    private final int wireLength;
    private final byte[] bytes;

    /**
     * @param interfaceName where it was captured; "" when a capture file does not say
     * @param wireLength its length on the wire, at least that of the bytes
     * @param bytes what was kept of it; not copied
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

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public Packet decode() {
        return Packet.decode(linkType, bytes);
    }
}
