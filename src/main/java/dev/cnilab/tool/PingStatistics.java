package dev.cnilab.tool;

import java.util.Locale;

/** The statistics of {@code ping}, and its final report. */
final class PingStatistics {

    private final long start = System.nanoTime();
    private int sent;
    private int received;
    private int errors;
    private double least = Double.MAX_VALUE;
    private double most;
    private double sum;
    private double squares;

    void sent() {
        sent++;
    }

    void reply(double millis) {
        received++;
        least = Math.min(least, millis);
        most = Math.max(most, millis);
        sum += millis;
        squares += millis * millis;
    }

    void error() {
        errors++;
    }

    int received() {
        return received;
    }

    /** Formats the report as iputils does, including blank lines. */
    String report(String host) {
        long elapsed = (System.nanoTime() - start) / 1_000_000;
        String head = "\n--- " + host + " ping statistics ---\n" + sent + " packets transmitted, ";
        String errorCount = errors == 0 ? "" : ", +" + errors + " errors";
        int loss = sent == 0 ? 0 : (int) ((sent - received) * 100L / sent);
        String counts = received + " received" + errorCount + ", " + loss + "% packet loss, time ";
        return head + counts + elapsed + "ms\n" + roundTrips();
    }

    /** Formats milliseconds, with fewer digits for longer times. */
    static String millis(double millis) {
        String format =
                millis >= 100 ? "%.0f" : millis >= 10 ? "%.1f" : millis >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, millis);
    }

    private String roundTrips() {
        if (received == 0) {
            return "\n";
        }
        double mean = sum / received;
        double deviation = Math.sqrt(Math.max(0, squares / received - mean * mean));
        return String.format(
                Locale.ROOT,
                "rtt min/avg/max/mdev = %.3f/%.3f/%.3f/%.3f ms%n",
                least,
                mean,
                most,
                deviation);
    }
}
