package dev.cnilab.kube.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** A client's output. Records when a write blocks, since blocking writes have no timeout. */
final class Output extends FilterOutputStream {
    private static final long NOTHING = Long.MAX_VALUE;

    private volatile long since = NOTHING;

    Output(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        since = System.nanoTime();
        out.write(bytes, offset, length);
        since = NOTHING;
    }

    /** True if the current write has been blocked for longer. */
    boolean stalled(Duration longest) {
        long began = since;
        return began != NOTHING && System.nanoTime() - began > longest.toNanos();
    }
}
