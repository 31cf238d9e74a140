package dev.cnilab.tool;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv6Prefix;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code ss [-tualn]}: lists the TCP and UDP sockets of this network namespace, from
 * /proc/thread-self/net; names are never resolved.
 */
final class Sockets implements Tool {

    private static final Path TABLES = Path.of("/proc/thread-self/net");

    /** The prefix ::ffff:0:0/96 as the kernel prints it. */
    private static final String MAPPED = "0000000000000000FFFF0000";

    private static final String LISTENING = "0A";

    /** ss's names of the states, by their numbers in include/net/tcp_states.h. */
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
            print("tcp", "tcp", arguments, out);
            print("tcp", "tcp6", arguments, out);
        }
        if (both || arguments.has("-u")) {
            print("udp", "udp", arguments, out);
            print("udp", "udp6", arguments, out);
        }
        return 0;
    }

    private static void print(String protocol, String table, Arguments arguments, PrintStream out)
            throws IOException {
        List<String> lines = Files.readAllLines(TABLES.resolve(table), StandardCharsets.US_ASCII);
        for (String line : lines.subList(1, lines.size())) {
            // sl local remote state tx_queue:rx_queue …
            String[] fields = line.strip().split(" +");
            boolean listening = fields[3].equals(LISTENING) || fields[2].matches("0+:0000");
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

    /**
     * Parses an endpoint. The address consists of hexadecimal words in host byte order, which is
     * little-endian.
     */
    private static String endpoint(String text) {
        String[] parts = text.split(":");
        String port =
                parts[1].equals("0000") ? "*" : Integer.toString(Integer.parseInt(parts[1], 16));
        return address(parts[0]) + ":" + port;
    }

    private static String address(String words) {
        if (words.length() == 8) {
            return new Ipv4Address((int) word(words, 0)).toString();
        } else if (words.startsWith(MAPPED)) {
            return "[::ffff:" + new Ipv4Address((int) word(words, 24)) + "]";
        }
        long high = word(words, 0) << 32 | word(words, 8);
        long low = word(words, 16) << 32 | word(words, 24);
        // A wildcard socket, which also accepts IPv4.
        return high == 0 && low == 0 ? "*" : "[" + new Ipv6Prefix(high, low, 128).address() + "]";
    }

    private static long word(String words, int offset) {
        int littleEndian = Integer.parseUnsignedInt(words.substring(offset, offset + 8), 16);
        return Integer.reverseBytes(littleEndian) & 0xffffffffL;
    }
}
