package dev.cnilab.net.pcap;

import java.io.IOException;

/** A capture file that is damaged, cut or not understood, from a certain byte on. */
public final class CaptureFormatException extends IOException {

    private final long offset;

    CaptureFormatException(long offset, String what) {
        super("capture file, byte " + offset + ": " + what);
        this.offset = offset;
    }

    /** Where the part that can't be read begins. */
    public long offset() {
        return offset;
    }
}
