package dev.cnilab.net.pcap;

import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.FrameText;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads any bytes as a capture file and prints its packets. */
public final class CaptureFuzz {

    private CaptureFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(data);
        for (Frame frame : CaptureReader.readAll(in).frames()) {
            FrameText.of(frame, frame.interfaceName(), frame.decode());
        }
    }
}
