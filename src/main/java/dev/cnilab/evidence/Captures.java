package dev.cnilab.evidence;

import dev.cnilab.evidence.tape.RecordedQuery;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.pcap.CaptureReader;
import dev.cnilab.net.pcap.PcapWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The captures of one step, one pcap file each. */
final class Captures {

    private final EvidenceFolder folder;
    private final String step;
    private final List<String> files = new ArrayList<>();

    Captures(EvidenceFolder folder, String step) {
        this.folder = folder;
        this.step = step;
    }

    /** The files written so far. */
    List<String> files() {
        return files;
    }

    String keep(RecordedQuery question, byte[] stdout) throws IOException {
        String place = question.at().map(at -> at.name()).orElse("");
        int device = question.argv().indexOf("-i") + 1;
        String name = place + "-" + question.argv().get(device);
        String file =
                "captures/%s/%d-%s.pcap"
                        .formatted(step, files.size() + 1, name.replaceAll("[^A-Za-z0-9._-]", "_"));
        folder.write(file, whole(stdout));
        files.add(file);
        return file;
    }

    /** The capture without an incomplete last frame, left by a killed capture. */
    private static byte[] whole(byte[] capture) throws IOException {
        CaptureReader.Capture read = CaptureReader.readAll(new ByteArrayInputStream(capture));
        if (read.damage().isEmpty() || read.frames().isEmpty()) {
            return capture;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(bytes, read.frames().getFirst().linkType())) {
            for (Frame frame : read.frames()) {
                writer.write(frame);
            }
        }
        return bytes.toByteArray();
    }
}
