package dev.cnilab.kind.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a command in a container prints, its two streams told apart. */
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

    /** Whether both streams came to their end in that time. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onStart(Closeable started) {
        connection = started;
    }

    /** Copies: docker-java fills the same array with the next full chunk. */
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
