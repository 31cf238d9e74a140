package dev.cnilab.cluster.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.cluster.ClusterView;
import dev.cnilab.cluster.EndedCommand;
import dev.cnilab.cluster.Place;
import dev.cnilab.cluster.RunningCommand;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.pcap.InterfaceStatistics;
import dev.cnilab.net.pcap.PcapngWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MergedCaptureTest {

    private static final Place NODE = new Place.OnNode("node");

    private final MergedCapture merged = new MergedCapture();
    private Instant start = Instant.parse("2026-11-28T09:00:00Z");

    private RunningCapture add(String place, InputStream stdout, InputStream stderr)
            throws IOException {
        RunningCommand command = new EndedCommand(stdout, stderr);
        ClusterView cluster =
                (ClusterView)
                        Proxy.newProxyInstance(
                                ClusterView.class.getClassLoader(),
                                new Class<?>[] {ClusterView.class},
                                (_, method, _) -> {
                                    assertThat(method.getName()).isEqualTo("startInNetwork");
                                    return command;
                                });
        return merged.add(
                place,
                frames ->
                        RunningCapture.start(
                                cluster, NODE, List.of("any"), "", Duration.ofSeconds(9), frames));
    }

    private static InputStream says(String words) {
        return new ByteArrayInputStream(words.getBytes(UTF_8));
    }

    private Frame frame(String interfaceName, int millis, int length) {
        return new Frame(
                start.plusMillis(millis),
                interfaceName,
                LinkType.ETHERNET,
                Frame.Direction.IN,
                length,
                new byte[length]);
    }

    private String next() throws InterruptedException {
        return merged.next()
                .map(frame ->
                        frame.interfaceName()
                                + " +"
                                + Duration.between(start, frame.time()).toMillis())
                .orElse("the end");
    }

    @Test
    void frameWaitsForOlderOnesOfAnotherPlace() throws Exception {
        // No frame is held for longer than the maximum delay.
        start = Instant.now().plusSeconds(60);
        PipedInputStream slow = new PipedInputStream(1 << 16);
        PipedInputStream quick = new PipedInputStream(1 << 16);
        try (PcapngWriter first = new PcapngWriter(new PipedOutputStream(slow));
                PcapngWriter second = new PcapngWriter(new PipedOutputStream(quick))) {
            add("a", slow, says("listening on eth0, ETHERNET\n"));
            add("b", quick, says("listening on eth0, ETHERNET\n"));
            second.write(frame("eth0", 2, 60));
            second.write(frame("eth0", 4, 60));
            first.write(frame("eth0", 1, 60));
            first.write(frame("eth0", 3, 60));
        }

        assertThat(List.of(next(), next(), next(), next(), next()))
                .containsExactly("a:eth0 +1", "b:eth0 +2", "a:eth0 +3", "b:eth0 +4", "the end");
    }

    /**
     * At most 32 MiB are buffered: then the captures block, and the kernel counts dropped frames.
     */
    @Test
    void stalledReaderUsesBoundedMemory() throws Exception {
        int frames = 1_000;
        int length = 64 << 10;
        AtomicLong written = new AtomicLong();
        PipedInputStream read = new PipedInputStream(1 << 16);
        PcapngWriter writer = new PcapngWriter(new PipedOutputStream(read));
        Thread capture =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try (writer) {
                                for (int i = 0; i < frames; i++) {
                                    writer.write(frame("eth0", i, length));
                                    written.addAndGet(length);
                                }
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        add("a", read, says("listening on eth0, ETHERNET\n"));

        awaitStandstill(written);
        assertThat(written.get()).isBetween(32L << 20, 33L << 20);

        for (int i = 0; i < frames; i++) {
            assertThat(next()).isEqualTo("a:eth0 +" + i);
        }
        capture.join();
        assertThat(merged.next()).isEqualTo(Optional.empty());
    }

    /** Waits until the buffer is full and nothing more is written during the pause. */
    private static void awaitStandstill(AtomicLong written) throws InterruptedException {
        long last = 0;
        while (written.get() < 32L << 20 || written.get() != last) {
            last = written.get();
            Thread.sleep(200);
        }
    }

    @Test
    void removedInterfaceIsNotWaitedForAndItsCountersAreKept() throws Exception {
        PipedInputStream read = new PipedInputStream(1 << 16);
        PipedInputStream words = new PipedInputStream(1 << 10);
        RunningCapture capture;
        try (PcapngWriter writer = new PcapngWriter(new PipedOutputStream(read));
                PipedOutputStream said = new PipedOutputStream(words)) {
            capture = add("a", read, words);
            said.write("listening on eth0, ETHERNET; veth1, ETHERNET\n".getBytes(UTF_8));
            said.flush();
            capture.awaitListening(Duration.ofSeconds(10));
            writer.write(frame("veth1", 1, 60));
            writer.write(new InterfaceStatistics("veth1", start.plusMillis(2), 7, 3));
            writer.write(frame("eth0", 5, 60));
            writer.write(new InterfaceStatistics("eth0", start.plusMillis(6), 10, 1));
            writer.flush();
            assertThat(capture.awaitDelivered(start.plusMillis(1), Duration.ofSeconds(10)))
                    .isTrue();

            said.write("veth1: Network is down\n".getBytes(UTF_8));
            said.flush();
            assertThat(capture.awaitDelivered(start.plusMillis(5), Duration.ofSeconds(10)))
                    .isTrue();
            assertThat(capture.counts()).isEqualTo(new RunningCapture.Counts(17, 4));
        }
        assertThat(List.of(next(), next(), next()))
                .containsExactly("a:veth1 +1", "a:eth0 +5", "the end");
    }
}
