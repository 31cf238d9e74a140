package dev.cnilab.cli.tool;

import dev.cnilab.net.Ipv4Address;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code ss [-tualn]}: the TCP and UDP sockets over IPv4 of this network namespace, from
 * /proc/thread-self/net; names are never looked up.
 */
final class Sockets implements Tool {

    private static final Path TABLES = Path.of("/proc/thread-self/net");
    private static final String LISTENING = "0A";

    /** By the kernel's numbers, include/net/tcp_states.h, in ss's words. */
    private static final List<String> STATES =
            List.of(
                    "",
                    "ESTAB",
                    "SYN-SENT",
                    "SYN-RECV",
                    "FIN-WAIT-1",
                    "FIN-WAIT-2",
                    "TIME-WAIT",
                    "UNCONN",
                    "CLOSE-WAIT",
                    "LAST-ACK",
                    "LISTEN",
                    "CLOSING",
                    "SYN-RECV");

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Arguments arguments = new Arguments(args, Set.of("-t", "-u", "-a", "-l", "-n"), Set.of());
        boolean both = !arguments.has("-t", "-u");
        out.println("Netid State      Recv-Q Send-Q Local Address:Port    Peer Address:Port");
        if (both || arguments.has("-t")) {
            print("tcp", arguments, out);
        }
        if (both || arguments.has("-u")) {
            print("udp", arguments, out);
        }
        return 0;
    }

    private static void print(String protocol, Arguments arguments, PrintStream out)
            throws IOException {
        List<String> lines =
                Files.readAllLines(TABLES.resolve(protocol), StandardCharsets.US_ASCII);
        for (String line : lines.subList(1, lines.size())) {
            // sl local remote state tx_queue:rx_queue …
            String[] fields = line.strip().split(" +");
            boolean listening = fields[3].equals(LISTENING) || fields[2].equals("00000000:0000");
            if (arguments.has("-a") || listening == arguments.has("-l")) {
                String[] queues = fields[4].split(":");
                out.printf(
                        "%-5s %-10s %-6d %-6d %-21s %s%n",
                        protocol,
                        STATES.get(Integer.parseInt(fields[3], 16)),
                        Long.parseLong(queues[1], 16),
                        Long.parseLong(queues[0], 16),
                        endpoint(fields[1]),
                        endpoint(fields[2]));
            }
        }
    }

    /** The address is a hexadecimal word in this machine's byte order, which is little. */
    private static String endpoint(String text) {
        String[] parts = text.split(":");
        int bits = Integer.reverseBytes(Integer.parseUnsignedInt(parts[0], 16));
        int port = Integer.parseInt(parts[1], 16);
        return new Ipv4Address(bits) + ":" + (port == 0 ? "*" : Integer.toString(port));
    }
}
