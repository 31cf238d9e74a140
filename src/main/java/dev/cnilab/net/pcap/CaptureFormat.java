package dev.cnilab.net.pcap;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** A capture file's format, after its file header was read. */
sealed interface CaptureFormat permits PcapFormat, PcapngFormat {

    Optional<Frame> next(CaptureInput in) throws IOException;

    static CaptureFormat detect(CaptureInput in, Consumer<InterfaceStatistics> statistics)
            throws IOException {
        ByteBuffer magic = in.read(4, "file header");
        return switch (magic.getInt(0)) {
            case PcapngFormat.SECTION_HEADER -> PcapngFormat.begin(in, statistics);
            default -> PcapFormat.begin(magic, in);
        };
    }

    static LinkType linkType(int number, long offset) throws CaptureFormatException {
        return LinkType.of(number)
                .orElseThrow(() ->
                        new CaptureFormatException(
                                offset,
                                "link type "
                                        + number
                                        + " is not supported; supported: 1 Ethernet, 101"
                                        + " raw IP, 113 and 276 Linux cooked"));
    }
}
