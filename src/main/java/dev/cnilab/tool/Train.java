package dev.cnilab.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * {@code train}: exercises the commands' startup on loopback in a training run of the JVM, for its
 * CDS archive or AOT cache.
 */
final class Train implements Tool {

    private static final List<String> CAPTURE =
            List.of("capture", "-n", "-p", "-i", "lo", "-c", "2", "-t", "5", "--", "icmp");

    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("ip", "-j", "-d", "address", "show"),
                    List.of("ip", "address", "show"),
                    List.of("ip", "route", "show"),
                    List.of("ip", "neigh", "show"),
                    List.of("route", "-n"),
                    List.of("ss", "-a"),
                    List.of("hostname"),
                    List.of("sysctl", "-n", "net.ipv4.ip_forward"),
                    List.of("curl", "-s", "-m", "1", "http://127.0.0.1:1"),
                    List.of("ping", "-c", "2", "-W", "1", "127.0.0.1"));

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws IOException {
        Thread capture = Thread.ofPlatform().start(() -> serve(CAPTURE, out, err));
        COMMANDS.forEach(argv -> serve(argv, out, err));
        try {
            capture.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return 0;
    }

    private static void serve(List<String> argv, PrintStream out, PrintStream err) {
        Toolbox.run(argv.getFirst(), argv.subList(1, argv.size()), out, err);
    }
}
