package dev.cnilab.cni.ipam;

import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.PortMapping;
import dev.cnilab.net.Ipv4Address;
import java.util.ArrayList;
import java.util.List;

/**
 * The address and ports reserved for an attachment, as stored in a file.
 *
 * @param netns path of its namespace, by which stale reservations are detected
 * @param ports host ports mapped to the address
 */
public record Reservation(
        Ipv4Address address, Attachment attachment, String netns, List<PortMapping> ports) {

    /** Separates the first two lines as in host-local ({@code backend/disk LineBreak}). */
    private static final String LINE_BREAK = "\r\n";

    public Reservation {
        ports = List.copyOf(ports);
    }

    /** Formats the file: container ID and interface as in host-local, then additional lines. */
    String format() {
        StringBuilder text = new StringBuilder();
        text.append(attachment.containerId()).append(LINE_BREAK);
        text.append(attachment.ifName()).append(LINE_BREAK);
        text.append(netns).append(LINE_BREAK);
        for (PortMapping port : ports) {
            text.append(port).append(LINE_BREAK);
        }
        return text.toString();
    }

    /**
     * Parses {@link #format}, and host-local's files of two lines. In a damaged file the address
     * counts as reserved; unreadable parts are ignored.
     */
    static Reservation parse(Ipv4Address address, String text) {
        String[] lines = text.split("\r?\n", -1);
        List<PortMapping> ports = new ArrayList<>();
        for (int i = 3; i < lines.length; i++) {
            try {
                ports.add(PortMapping.parse(lines[i]));
            } catch (IllegalArgumentException e) {
                // Damaged, or the empty rest after the last line break.
            }
        }
        return new Reservation(
                address, new Attachment(line(lines, 0), line(lines, 1)), line(lines, 2), ports);
    }

    private static String line(String[] lines, int index) {
        return index < lines.length ? lines[index] : "";
    }
}
