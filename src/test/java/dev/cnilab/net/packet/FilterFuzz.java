package dev.cnilab.net.packet;

import java.nio.charset.StandardCharsets;

/** Parses any text as a filter. */
public final class FilterFuzz {

    private FilterFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws RuntimeException {
        try {
            CaptureFilter filter = CaptureFilter.parse(new String(data, StandardCharsets.UTF_8));
            filter.matches(Packet.decode(LinkType.ETHERNET, Frames.tunnelled()));
            CaptureFilter.parse(filter.toString());
        } catch (IllegalArgumentException e) {
            // Not a filter.
        }
    }
}
