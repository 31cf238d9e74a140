package dev.cnilab.tool;

import dev.cnilab.host.Errno;
import dev.cnilab.host.ErrnoException;
import dev.cnilab.host.IcmpSocket;
import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.LinkType;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.net.packet.PacketEncoder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code ping [-q] [-c COUNT] [-i SECONDS] [-s BYTES] [-W SECONDS] [-t TTL] [-M do|want|dont|probe]
 * HOST}: ICMP echo over IPv4, printed as iputils does.
 */
final class Ping implements Tool {

    private static final int NO_REPLY = 1;
    private static final int ERROR = 2;

    private record Settings(
            String host,
            Ipv4Address destination,
            int count,
            Duration interval,
            Duration lastWait,
            int size,
            boolean quiet) {}

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Arguments arguments =
                new Arguments(
                        args, Set.of("-q", "-n", "-4"), Set.of("-c", "-i", "-s", "-W", "-t", "-M"));
        if (arguments.operands().size() != 1) {
            throw new UsageException("takes one destination");
        }
        String host = arguments.operands().getFirst();
        Settings settings;
        try {
            settings =
                    new Settings(
                            host,
                            resolve(host),
                            arguments.number("-c", Integer.MAX_VALUE, 1),
                            arguments.seconds("-i").orElse(Duration.ofSeconds(1)),
                            arguments.seconds("-W").orElse(Duration.ofSeconds(10)),
                            arguments.number("-s", 56, 0),
                            arguments.has("-q"));
        } catch (UnknownHostException e) {
            err.println("ping: " + host + ": Name or service not known");
            return ERROR;
        }
        int ttl = arguments.number("-t", 64, 1);
        try (IcmpSocket socket = IcmpSocket.open(fragmentation(arguments), ttl)) {
            return ping(settings, socket, out, err);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENETUNREACH)) {
                err.println("ping: connect: Network is unreachable");
                return ERROR;
            }
            throw e;
        }
    }

    private static int ping(Settings settings, IcmpSocket socket, PrintStream out, PrintStream err)
            throws IOException {
        PingStatistics statistics = new PingStatistics();
        out.println(
                "PING "
                        + settings.host
                        + " ("
                        + settings.destination
                        + ") "
                        + settings.size
                        + "("
                        + (settings.size + 28)
                        + ") bytes of data.");
        int identifier = (int) ProcessHandle.current().pid() & 0xffff;
        for (int sequence = 1; sequence <= settings.count; sequence++) {
            long sent = System.nanoTime();
            statistics.sent();
            try {
                socket.send(
                        settings.destination,
                        PacketEncoder.echo(identifier, sequence, payload(settings.size)));
                Duration wait = sequence == settings.count ? settings.lastWait : settings.interval;
                await(settings, socket, identifier, sent, wait, statistics, out);
            } catch (ErrnoException e) {
                refused(e, settings.destination, err);
                statistics.error();
            }
            if (sequence < settings.count) {
                pause(sent + settings.interval.toNanos());
            }
        }
        out.print(statistics.report(settings.host));
        return statistics.received() > 0 ? 0 : NO_REPLY;
    }

    /** Prints messages until the newest request's reply arrives or the time is over. */
    private static void await(
            Settings settings,
            IcmpSocket socket,
            int identifier,
            long sent,
            Duration wait,
            PingStatistics statistics,
            PrintStream out)
            throws IOException {
        long deadline = sent + wait.toNanos();
        while (true) {
            Optional<byte[]> message =
                    socket.receive(Duration.ofNanos(deadline - System.nanoTime()));
            if (message.isEmpty()) {
                return;
            }
            Packet packet = Packet.decode(LinkType.RAW_IP, message.get());
            Header.Ipv4 ip = packet.first(Header.Ipv4.class).orElseThrow();
            Optional<Header.Icmp> icmp = packet.first(Header.Icmp.class);
            if (icmp.filter(h -> isReply(h, identifier)).isPresent()) {
                double millis = (System.nanoTime() - sent) / 1e6;
                statistics.reply(millis);
                if (!settings.quiet) {
                    out.println(
                            (packet.payloadLength() + 8)
                                    + " bytes from "
                                    + ip.source()
                                    + ": icmp_seq="
                                    + icmp.orElseThrow().sequence()
                                    + " ttl="
                                    + ip.ttl()
                                    + " time="
                                    + PingStatistics.millis(millis)
                                    + " ms");
                }
                return;
            }
            Optional<IcmpError> error = IcmpError.about(message.get(), identifier);
            if (error.isPresent()) {
                statistics.error();
                out.println(
                        "From "
                                + ip.source()
                                + " icmp_seq="
                                + error.get().sequence()
                                + " "
                                + error.get().reason());
                return;
            }
        }
    }

    private static boolean isReply(Header.Icmp icmp, int identifier) {
        return icmp.type() == Header.Icmp.ECHO_REPLY && icmp.identifier() == identifier;
    }

    private static void refused(ErrnoException e, Ipv4Address destination, PrintStream err)
            throws IOException {
        if (!e.is(Errno.EMSGSIZE)) {
            throw e;
        }
        err.println("ping: local error: message too long, mtu=" + IcmpSocket.pathMtu(destination));
    }

    private static void pause(long until) throws IOException {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static IcmpSocket.Fragmentation fragmentation(Arguments arguments) {
        String mode = arguments.value("-M").orElse("want");
        return switch (mode) {
            case "do" -> IcmpSocket.Fragmentation.DO;
            case "want" -> IcmpSocket.Fragmentation.WANT;
            case "dont" -> IcmpSocket.Fragmentation.DONT;
            case "probe" -> IcmpSocket.Fragmentation.PROBE;
            default -> throw new UsageException("-M must be do, want, dont or probe, not " + mode);
        };
    }

    private static Ipv4Address resolve(String host) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (address instanceof Inet4Address) {
                return Ipv4Address.of(address.getAddress());
            }
        }
        throw new UnknownHostException(host);
    }

    /** Fills the payload with 0, 1, 2 …, as iputils does. */
    private static byte[] payload(int size) {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) i;
        }
        return payload;
    }
}
