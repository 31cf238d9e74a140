package dev.cnilab.cli.tool;

import dev.cnilab.host.PacketSocket;
import dev.cnilab.net.packet.CaptureFilter;
import dev.cnilab.net.packet.Frame;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.net.pcap.PcapWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code capture -i INTERFACE [-c COUNT] [-t SECONDS] [-s BYTES] [-v|-x] [FILTER…]}: a pcap file on
 * stdout, or with {@code -v} a line a packet, with {@code -x} its bytes too.
 *
 * <p>"listening on" goes to stderr once no packet can be missed any more. SIGTERM ends it with the
 * file whole.
 */
final class Capture implements Tool {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn").withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final int HEX_PER_LINE = 16;

    /** What tcpdump keeps of a frame by default: all of it. */
    private static final int SNAP_LENGTH = 262_144;

    /** What takes the frames. */
    private interface Sink {
        void write(Frame frame, Packet packet) throws IOException;
    }

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Arguments arguments =
                new Arguments(args, Set.of("-v", "-x"), Set.of("-i", "-c", "-t", "-s"));
        String interfaceName =
                arguments.value("-i").orElseThrow(() -> new UsageException("needs -i INTERFACE"));
        CaptureFilter filter = CaptureFilter.parse(String.join(" ", arguments.operands()));
        int count = arguments.number("-c", Integer.MAX_VALUE / 4, 1);
        Duration time = arguments.seconds("-t").orElse(Duration.ofDays(365));
        int snapLength = Math.min(SNAP_LENGTH, arguments.number("-s", SNAP_LENGTH, 64));
        try (PacketSocket socket = PacketSocket.open(interfaceName, snapLength)) {
            CountDownLatch whole = new CountDownLatch(1);
            Thread terminate = new Thread(() -> end(socket, whole), "capture-end");
            Runtime.getRuntime().addShutdownHook(terminate);
            try {
                Sink sink = sink(arguments, socket, out);
                err.println("listening on " + interfaceName + ", " + socket.linkType());
                int captured = capture(socket, filter, count, time, sink, out);
                PacketSocket.Counters counters = socket.counters();
                err.println(
                        captured
                                + " packets captured, "
                                + counters.received()
                                + " seen, "
                                + counters.dropped()
                                + " dropped by the kernel");
                return 0;
            } finally {
                out.flush();
                whole.countDown();
                forget(terminate);
            }
        }
    }

    private static int capture(
            PacketSocket socket,
            CaptureFilter filter,
            int count,
            Duration time,
            Sink sink,
            PrintStream out)
            throws IOException {
        long deadline = System.nanoTime() + time.toNanos();
        int captured = 0;
        while (captured < count) {
            Optional<Frame> frame =
                    socket.next(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            if (frame.isEmpty()) {
                return captured;
            }
            Packet packet = frame.get().decode();
            if (filter.matches(packet)) {
                sink.write(frame.get(), packet);
                captured++;
                // At once, for whoever waits for it; and the reader may have gone.
                if (out.checkError()) {
                    return captured;
                }
            }
        }
        return captured;
    }

    private static Sink sink(Arguments arguments, PacketSocket socket, PrintStream out)
            throws IOException {
        if (arguments.has("-x")) {
            return (frame, packet) -> {
                line(frame, packet, out);
                bytes(frame.bytes(), out);
            };
        } else if (arguments.has("-v")) {
            return (frame, packet) -> line(frame, packet, out);
        }
        PcapWriter writer = new PcapWriter(out, socket.linkType());
        writer.flush();
        return (frame, _) -> writer.write(frame);
    }

    private static void line(Frame frame, Packet packet, PrintStream out) {
        String direction =
                switch (frame.direction()) {
                    case IN -> " in  ";
                    case OUT -> " out ";
                    case UNKNOWN -> " ";
                };
        out.println(TIME.format(frame.time()) + direction + packet);
    }

    private static void bytes(byte[] bytes, PrintStream out) {
        for (int at = 0; at < bytes.length; at += HEX_PER_LINE) {
            int end = Math.min(bytes.length, at + HEX_PER_LINE);
            out.printf("    %04x  %s%n", at, HEX.formatHex(bytes, at, end));
        }
    }

    /** On SIGTERM: the JVM exits when its hooks have, so the file is waited for. */
    private static void end(PacketSocket socket, CountDownLatch whole) {
        socket.callOff();
        try {
            if (!whole.await(5, TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: this is the end that it asked for.
        }
    }
}
