package dev.cnilab.net.packet;

/** Decodes any bytes as a packet of each link type. */
public final class PacketFuzz {

    private PacketFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        for (LinkType type : LinkType.values()) {
            if (Packet.decode(type, data).toString().isEmpty()) {
                throw new IllegalStateException("a packet without text");
            }
        }
    }
}
