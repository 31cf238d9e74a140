package dev.cnilab.net.pcap;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * Writes a pcap file with nanoseconds
 * (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-06.html). A file has one link type:
 * tcpdump rejects a mixture.
 */
public final class PcapWriter implements AutoCloseable {

    private final OutputStream out;
    private final LinkType linkType;

    /** Writes the file header. */
    public PcapWriter(OutputStream out, LinkType linkType) throws IOException {
        this.out = out;
        this.linkType = linkType;
        ByteBuffer header = ByteBuffer.allocate(PcapFormat.FILE_HEADER);
        header.order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(PcapFormat.MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4);
        header.putLong(0).putInt(PcapFormat.MAX_FRAME).putInt(linkType.number());
        out.write(header.array());
    }

    /**
     * Writes a frame.
     *
     * @throws IllegalArgumentException when the frame's link type is not the file's
     */
    public void write(Frame frame) throws IOException {
        if (frame.linkType() != linkType) {
            throw new IllegalArgumentException(
                    "a frame of " + frame.linkType() + " in a file of " + linkType);
        }
        Instant time = frame.time();
        ByteBuffer record = ByteBuffer.allocate(PcapFormat.RECORD_HEADER + frame.bytes().length);
        record.order(ByteOrder.LITTLE_ENDIAN);
        record.putInt((int) time.getEpochSecond()).putInt(time.getNano());
        record.putInt(frame.bytes().length).putInt(frame.wireLength()).put(frame.bytes());
        // One write call: a writer that is stopped between two records leaves a complete file.
        out.write(record.array());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
