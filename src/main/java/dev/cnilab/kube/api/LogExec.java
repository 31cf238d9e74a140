package dev.cnilab.kube.api;

import dev.cnilab.kube.PodAccess;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** A container's log as a command's output, for attach; exits with 0 at the log's end. */
final class LogExec implements PodAccess.Exec {
    private final InputStream log;
    private final CountDownLatch over = new CountDownLatch(1);

    LogExec(InputStream log) {
        this.log =
                new FilterInputStream(log) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        int count = super.read(bytes, offset, length);
                        if (count < 0) {
                            over.countDown();
                        }
                        return count;
                    }
                };
    }

    @Override
    public OutputStream stdin() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream stdout() {
        return log;
    }

    @Override
    public InputStream stderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public void resize(int columns, int rows) {
        // A log has no terminal.
    }

    @Override
    public int waitFor() throws InterruptedException {
        over.await();
        return 0;
    }

    @Override
    public void close() {
        over.countDown();
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a log is read no further", e);
        }
    }
}
