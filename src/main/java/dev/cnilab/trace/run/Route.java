package dev.cnilab.trace.run;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code ip route show}.
 *
 * @param type unicast, unreachable, blackhole, prohibit
 * @param device "" for a type without one
 */
record Route(
        String line,
        String type,
        Ipv4Prefix destination,
        Optional<Ipv4Address> gateway,
        String device,
        int metric) {

    private static final List<String> DEAD = List.of("unreachable", "blackhole", "prohibit");

    /** Parses the output of {@code ip route show}; lines of other forms are left out. */
    static List<Route> parse(String text) {
        return text.lines().map(String::strip).flatMap(line -> parseLine(line).stream()).toList();
    }

    private static Optional<Route> parseLine(String line) {
        List<String> words = List.of(line.split(" +"));
        boolean dead = DEAD.contains(words.getFirst());
        String via = after(words, "via");
        String metric = after(words, "metric");
        try {
            return Optional.of(
                    new Route(
                            line,
                            dead ? words.getFirst() : "unicast",
                            prefix(words.get(dead && words.size() > 1 ? 1 : 0)),
                            via.isEmpty() ? Optional.empty() : Optional.of(Ipv4Address.parse(via)),
                            after(words, "dev"),
                            metric.isEmpty() ? 0 : Integer.parseInt(metric)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Route> best(List<Route> routes, Ipv4Address destination) {
        return routes.stream()
                .filter(route -> route.destination.contains(destination))
                .min(
                        Comparator.<Route>comparingInt(route -> -route.destination.length())
                                .thenComparingInt(Route::metric));
    }

    /** The next hop: the gateway, or the destination itself. */
    Ipv4Address nextHop(Ipv4Address destination) {
        return gateway.orElse(destination);
    }

    /** As {@code route -n} prints it: destination, gateway, netmask, flags, device. */
    String entry() {
        String flags =
                (type.equals("unicast") ? "U" : "!")
                        + (gateway.isPresent() ? "G" : "")
                        + (destination.length() == 32 ? "H" : "");
        return "%s %s %s %s %s"
                .formatted(
                        destination.address(),
                        gateway.orElse(Ipv4Address.ANY),
                        destination.netmask(),
                        flags,
                        device);
    }

    /** The word after another one, or "". */
    static String after(List<String> words, String word) {
        int at = words.indexOf(word);
        return at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
    }

    /**
     * Parses a destination as the tools print it: default, a prefix, or an address.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Ipv4Prefix prefix(String text) {
        if (text.equals("default")) {
            return Ipv4Prefix.parse("0.0.0.0/0");
        }
        return text.contains("/") ? Ipv4Prefix.parse(text) : Ipv4Address.parse(text).asPrefix();
    }
}
