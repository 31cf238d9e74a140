package dev.cnilab.tool;

import dev.cnilab.host.PacketSocket;
import dev.cnilab.net.packet.CaptureFilter;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.netlink.Connection;
import dev.cnilab.netlink.Link;
import dev.cnilab.netlink.Links;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code capture -i INTERFACE|any [-i …] [-c COUNT] [-t SECONDS] [-s BYTES] [-p] [-n|-v|-x]
 * [FILTER…]}: writes a pcap file to stdout or, with {@code -n} or several interfaces, a pcapng
 * file; with {@code -v} a line per packet, with {@code -x} its bytes, too. {@code -p} disables
 * promiscuous mode. {@code any} means each interface that is up at the start.
 *
 * <p>Prints "listening on" to stderr once the capture is active. SIGTERM stops it with a complete
 * file.
 */
final class Capture implements Tool {

    /** tcpdump's default snapshot length: the whole frame. */
    private static final int SNAP_LENGTH = 262_144;

    /** The largest accepted number. */
    private static final int MOST = 999_999_999;

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Arguments arguments =
                new Arguments(args, Set.of("-n", "-p", "-v", "-x"), Set.of("-i", "-c", "-t", "-s"));
        CaptureFilter filter = CaptureFilter.parse(String.join(" ", arguments.operands()));
        int count = arguments.number("-c", MOST, 1);
        Duration time = arguments.seconds("-t").orElse(Duration.ofDays(365));
        int snapLength = Math.min(SNAP_LENGTH, arguments.number("-s", SNAP_LENGTH, 64));
        List<PacketSocket> sockets = new ArrayList<>();
        try {
            for (String name : interfaces(arguments.all("-i"))) {
                sockets.add(PacketSocket.open(name, !arguments.has("-p"), snapLength));
            }
            CaptureSink sink = sink(arguments, sockets, out);
            CaptureRun run = new CaptureRun(sockets, filter, count, time, sink, out, err);
            err.println("listening on " + describe(sockets));
            endOnSignal(run);
            err.println(run.summary());
            return 0;
        } finally {
            sockets.forEach(PacketSocket::close);
        }
    }

    private static List<String> interfaces(List<String> given) throws IOException {
        if (given.isEmpty()) {
            throw new UsageException("needs -i INTERFACE, or -i any");
        }
        if (!given.contains("any")) {
            return given.stream().distinct().toList();
        }
        try (Connection connection = Connection.open()) {
            return new Links(connection).list().stream().filter(Link::up).map(Link::name).toList();
        }
    }

    private static CaptureSink sink(
            Arguments arguments, List<PacketSocket> sockets, PrintStream out) throws IOException {
        boolean several = sockets.size() > 1;
        if (arguments.has("-v", "-x")) {
            return CaptureSink.text(out, several, arguments.has("-x"));
        } else if (several || arguments.has("-n")) {
            Map<String, LinkType> interfaces = new LinkedHashMap<>();
            sockets.forEach(socket -> interfaces.put(socket.interfaceName(), socket.linkType()));
            return CaptureSink.pcapng(out, interfaces);
        }
        return CaptureSink.pcap(out, sockets.getFirst().linkType());
    }

    private static String describe(List<PacketSocket> sockets) {
        return sockets.stream()
                .map(socket -> socket.interfaceName() + ", " + socket.linkType())
                .collect(Collectors.joining("; "));
    }

    /** Waits until the file is complete: on SIGTERM the JVM exits after its shutdown hooks. */
    private static void endOnSignal(CaptureRun run) throws IOException {
        CountDownLatch whole = new CountDownLatch(1);
        Thread terminate =
                new Thread(
                        () -> {
                            run.cancel();
                            await(whole);
                        },
                        "capture-end");
        Runtime.getRuntime().addShutdownHook(terminate);
        try {
            run.run();
        } finally {
            whole.countDown();
            forget(terminate);
        }
    }

    private static void await(CountDownLatch whole) {
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
            // The JVM is shutting down: the hook is running.
        }
    }
}
