package dev.cnilab.kube.api;

import dev.cnilab.kube.spdy.SpdySession;
import dev.cnilab.kube.spdy.SpdyStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A command's streams over SPDY, each named by the header {@code streamtype}. */
final class SpdyStreams implements ClientStreams {
    static final String PROTOCOL = "v4.channel.k8s.io";

    private final SpdySession session;
    private final Map<Channel, SpdyStream> streams = new EnumMap<>(Channel.class);
    private final CountDownLatch missing;
    private final CountDownLatch over = new CountDownLatch(1);

    private SpdyStreams(SpdySession session, int expected) {
        this.session = session;
        missing = new CountDownLatch(expected);
    }

    /**
     * Waits until the client has opened its streams.
     *
     * @param expected the number of streams
     * @throws IOException when the client disconnects before
     */
    static SpdyStreams open(SpdySession session, int expected)
            throws IOException, InterruptedException {
        SpdyStreams streams = new SpdyStreams(session, expected);
        Thread.ofPlatform().daemon().name("spdy").start(streams::read);
        streams.missing.await();
        if (streams.count() < expected) {
            throw new IOException("the client left before it had opened its streams");
        }
        return streams;
    }

    private synchronized int count() {
        return streams.size();
    }

    private void read() {
        try {
            session.run(this::opened);
        } catch (IOException e) {
            // A reset stream is closed, too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
            while (missing.getCount() > 0) {
                missing.countDown();
            }
        }
    }

    private synchronized void opened(SpdyStream stream) {
        try {
            Channel channel = Channel.valueOf(stream.header("streamtype").toUpperCase(Locale.ROOT));
            if (streams.putIfAbsent(channel, stream) == null) {
                missing.countDown();
            }
        } catch (IllegalArgumentException e) {
            // No data for streams that the client has not opened.
        }
    }

    private synchronized Optional<SpdyStream> stream(Channel channel) {
        return Optional.ofNullable(streams.get(channel));
    }

    @Override
    public void receive(Receiver to) throws InterruptedException {
        for (Channel channel : Set.of(Channel.STDIN, Channel.RESIZE)) {
            stream(channel)
                    .ifPresent(stream ->
                            Thread.ofPlatform()
                                    .daemon()
                                    .name("spdy-" + channel)
                                    .start(() -> pump(channel, stream, to)));
        }
        over.await();
    }

    private static void pump(Channel channel, SpdyStream stream, Receiver to) {
        try {
            for (Optional<byte[]> piece = stream.receive();
                    piece.isPresent();
                    piece = stream.receive()) {
                to.data(channel, piece.get(), 0, piece.get().length);
            }
            to.end(channel);
        } catch (IOException e) {
            // The command has closed its input.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void send(Channel channel, byte[] bytes, int length) throws IOException {
        Optional<SpdyStream> stream = stream(channel);
        if (stream.isPresent()) {
            stream.get().send(bytes, length);
        }
    }

    @Override
    public void finish(Channel channel) throws IOException {
        Optional<SpdyStream> stream = stream(channel);
        if (stream.isPresent()) {
            stream.get().finish();
        }
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
