package dev.cnilab.tool;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.FrameText;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.net.pcap.InterfaceStatistics;
import dev.cnilab.net.pcap.PcapWriter;
import dev.cnilab.net.pcap.PcapngWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.Map;

/** Writes the frames of a capture in one format. */
interface CaptureSink {

    void write(Frame frame, Packet packet) throws IOException;

    /** Writes statistics, which only pcapng supports. */
    default void write(InterfaceStatistics statistics) throws IOException {}

    /** Creates a pcap file, for one link type. */
    static CaptureSink pcap(PrintStream out, LinkType linkType) throws IOException {
        PcapWriter writer = new PcapWriter(out, linkType);
        return (frame, _) -> writer.write(frame);
    }

    /** Creates a pcapng file, for any number of interfaces, with directions and statistics. */
    static CaptureSink pcapng(PrintStream out, Map<String, LinkType> interfaces)
            throws IOException {
        PcapngWriter writer = new PcapngWriter(out);
        for (Map.Entry<String, LinkType> each : interfaces.entrySet()) {
            writer.add(each.getKey(), each.getValue());
        }
        return new CaptureSink() {
            @Override
            public void write(Frame frame, Packet packet) throws IOException {
                writer.write(frame);
            }

            @Override
            public void write(InterfaceStatistics statistics) throws IOException {
                writer.write(statistics);
            }
        };
    }

    /**
     * Writes one line per packet.
     *
     * @param named whether each line has the interface's name
     * @param bytes whether the bytes follow
     */
    static CaptureSink text(PrintStream out, boolean named, boolean bytes) {
        return (frame, packet) -> {
            out.println(FrameText.of(frame, named ? frame.interfaceName() : "", packet));
            if (bytes) {
                hex(frame.bytes(), out);
            }
        };
    }

    private static void hex(byte[] bytes, PrintStream out) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        int perLine = 16;
        for (int at = 0; at < bytes.length; at += perLine) {
            int end = Math.min(bytes.length, at + perLine);
            out.printf("    %04x  %s%n", at, hex.formatHex(bytes, at, end));
        }
    }
}
