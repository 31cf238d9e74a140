package dev.cnilab.cni.ipam;

import dev.cnilab.cni.Attachment;
import dev.cnilab.cni.PortMapping;
import dev.cnilab.net.Ipv4Address;
import java.util.ArrayList;
import java.util.List;

/**
 * What an attachment was promised, as one file keeps it.
 *
 * @param netns path of its namespace, by which a reservation that nobody released is found out
 * @param ports of the host that lead to it
 */
public record Reservation(
        Ipv4Address address, Attachment attachment, String netns, List<PortMapping> ports) {

    /** As host-local separates the first two lines ({@code backend/disk LineBreak}). */
    private static final String LINE_BREAK = "\r\n";

    public Reservation {
        ports = List.copyOf(ports);
    }

    /** The file's text: container id and interface as host-local has them, then our own lines. */
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
     * Reads {@link #format}, and host-local's own two lines. Of a damaged file the address counts
     * as taken; what can't be read is left out.
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
