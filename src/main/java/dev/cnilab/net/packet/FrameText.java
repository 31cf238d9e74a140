package dev.cnilab.net.packet;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Formats a captured frame in one line: time (UTC), direction, headers from the outermost to the
 * innermost.
 */
public final class FrameText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn").withZone(ZoneOffset.UTC);

    private FrameText() {}

    /**
     * Formats a frame.
     *
     * @param where its interface, printed before the headers; may be empty
     * @param packet the frame, decoded
     */
    public static String of(Frame frame, String where, Packet packet) {
        String direction =
                switch (frame.direction()) {
                    case IN -> " in  ";
                    case OUT -> " out ";
                    case UNKNOWN -> " ";
                };
        return TIME.format(frame.time())
                + (where.isEmpty() ? "" : " " + where)
                + direction
                + packet;
    }
}
