package dev.cnilab.graph;

import dev.cnilab.cluster.Place;
import java.util.List;

/**
 * An entry of a main routing table, in iproute2's terms; "" for absent parts.
 *
 * @param destination a prefix, an address, or "default"
 */
public record NodeRoute(
        String destination,
        String gateway,
        String device,
        String protocol,
        String scope,
        String source,
        List<String> flags) {

    public NodeRoute {
        flags = List.copyOf(flags);
    }

    /**
     * Returns an identifier of this entry in the table of a place: {@code node:lab-worker|default}.
     */
    public String id(Place location) {
        return id(location, destination);
    }

    /**
     * Returns the identifier for a line of a table.
     *
     * @param line as {@code ip route} prints it; its first word is the destination
     */
    public static String id(Place location, String line) {
        return location.id() + "|" + line.split(" ", 2)[0];
    }

    /** Formats the entry as {@code ip route} does. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(destination);
        word(line, "via", gateway);
        word(line, "dev", device);
        word(line, "proto", protocol);
        word(line, "scope", scope);
        word(line, "src", source);
        flags.forEach(flag -> line.append(' ').append(flag));
        return line.toString();
    }

    private static void word(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            line.append(' ').append(name).append(' ').append(value);
        }
    }
}
