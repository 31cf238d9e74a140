package dev.cnilab.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Wire;
import dev.cnilab.netlink.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A capture with a slow reader. */
class CaptureDropsIT {

    /** Twice the capacity of the socket's buffer of 32 MiB. */
    private static final int PACKETS = 40_000;

    private static final Pattern SUMMARY =
            Pattern.compile("([0-9]+) packets captured, ([0-9]+) seen, ([0-9]+) dropped .*");

    @RegisterExtension final Sandbox sandbox = new Sandbox();

    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void countsFramesDroppedForASlowReader() throws Exception {
        Wire wire = Wire.lay(sandbox);
        HeldReader output = new HeldReader();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        FutureTask<Integer> capture =
                new FutureTask<>(() ->
                        wire.left()
                                .call(() ->
                                        Toolbox.run(
                                                "capture",
                                                List.of("-i", "eth0", "-t", "1", "-v"),
                                                new PrintStream(
                                                        output, true, StandardCharsets.UTF_8),
                                                new PrintStream(
                                                        telling(messages),
                                                        true,
                                                        StandardCharsets.UTF_8))));
        Thread.ofPlatform().start(capture);
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
        wire.left()
                .call(() -> {
                    flood();
                    return true;
                });
        released.countDown();
        assertThat(capture.get(60, TimeUnit.SECONDS)).isZero();

        Matcher summary = SUMMARY.matcher(messages.toString(StandardCharsets.UTF_8));
        assertThat(summary.find()).as(messages.toString(StandardCharsets.UTF_8)).isTrue();
        long captured = Long.parseLong(summary.group(1));
        long seen = Long.parseLong(summary.group(2));
        long dropped = Long.parseLong(summary.group(3));
        assertThat(output.text().lines()).hasSize((int) captured);
        assertThat(dropped).isPositive();
        assertThat(seen).isGreaterThanOrEqualTo(PACKETS).isEqualTo(captured + dropped);
    }

    private static void flood() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] payload = new byte[1400];
            InetSocketAddress destination = new InetSocketAddress("10.9.0.2", 9);
            for (int i = 0; i < PACKETS; i++) {
                socket.send(new DatagramPacket(payload, payload.length, destination));
            }
        }
    }

    private OutputStream telling(OutputStream messages) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                messages.write(octet);
                listening.countDown();
            }
        };
    }

    /** Blocks from the start of the capture until it is released. */
    private final class HeldReader extends OutputStream {

        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                if (listening.getCount() == 0) {
                    released.await();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            taken.write(bytes, offset, length);
        }

        private String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }
}
