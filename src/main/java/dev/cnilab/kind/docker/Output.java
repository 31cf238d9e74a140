package dev.cnilab.kind.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.cnilab.cluster.FrameStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Separates stdout and stderr of a command in a container. */
final class Output implements ResultCallback<Frame> {

    private final FrameStream stdout = new FrameStream();
    private final FrameStream stderr = new FrameStream();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Closeable connection;

    InputStream stdout() {
        return stdout;
    }

    InputStream stderr() {
        return stderr;
    }

    /** Waits for the end of both streams. Returns false on timeout. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onStart(Closeable started) {
        connection = started;
    }

    /** Copies the payload: docker-java reuses the array for the next chunk. */
    @Override
    public void onNext(Frame frame) {
        byte[] chunk = frame.getPayload().clone();
        (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).add(chunk);
    }

    @Override
    public void onError(Throwable broken) {
        onComplete();
    }

    @Override
    public void onComplete() {
        stdout.end();
        stderr.end();
        ended.countDown();
    }

    @Override
    public void close() throws IOException {
        Closeable open = connection;
        if (open != null) {
            open.close();
        }
        onComplete();
    }
}
