package dev.cnilab.net.pcap;

import java.io.IOException;

/** A capture file that is damaged, truncated or unsupported at a certain byte. */
public final class CaptureFormatException extends IOException {

    private final long offset;

    CaptureFormatException(long offset, String what) {
        super("capture file, byte " + offset + ": " + what);
        this.offset = offset;
    }

    /** Returns the offset in bytes at which the unreadable part begins. */
    public long offset() {
        return offset;
    }
}
