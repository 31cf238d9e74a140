package dev.cnilab.net.packet;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A captured frame in one line: when (UTC), which way, every header outermost first. */
public final class FrameText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn").withZone(ZoneOffset.UTC);

    private FrameText() {}

    /**
     * @param where it was captured, in front of the headers; may be empty
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
