package dev.cnilab.cluster;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;

/** An input stream of chunks that another thread adds. */
public final class FrameStream extends InputStream {

    /** An empty chunk marks the end. */
    private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();

    private final IntConsumer taken;

    private byte[] current = {};
    private int position;
    private boolean ended;

    public FrameStream() {
        this(length -> {});
    }

    /**
     * @param taken receives the length in bytes of each chunk that a reader has begun to read
     */
    public FrameStream(IntConsumer taken) {
        this.taken = taken;
    }

    public void add(byte[] chunk) {
        if (chunk.length > 0) {
            chunks.add(chunk);
        }
    }

    /** Marks the end; repeatable. */
    public void end() {
        chunks.add(new byte[0]);
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws InterruptedIOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (position == current.length && !ended) {
            current = next();
            position = 0;
            ended = current.length == 0;
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, buffer, offset, count);
        position += count;
        return count;
    }

    private byte[] next() throws InterruptedIOException {
        try {
            byte[] chunk = chunks.take();
            taken.accept(chunk.length);
            return chunk;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a command's output");
        }
    }
}
