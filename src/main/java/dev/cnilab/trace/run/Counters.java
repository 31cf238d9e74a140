package dev.cnilab.trace.run;

import dev.cnilab.cluster.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kernel's network counters of one place, from /proc/net/netstat and /proc/net/snmp. */
record Counters(Map<String, Long> values) {

    static Counters at(Place place, Networks networks) {
        return parse(networks.output(place, "cat", "/proc/net/netstat", "/proc/net/snmp"));
    }

    /** Parses pairs of lines, names and values, with the same prefix. */
    static Counters parse(String text) {
        Map<String, Long> values = new HashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).split(" ", -1);
            String[] numbers = lines.get(i + 1).split(" ", -1);
            String prefix = names[0].replace(":", "");
            for (int k = 1; k < Math.min(names.length, numbers.length); k++) {
                if (numbers[k].matches("-?[0-9]{1,18}")) {
                    values.put(prefix + names[k], Long.parseLong(numbers[k]));
                }
            }
        }
        return new Counters(values);
    }

    /**
     * @param name as {@code nstat} prints it: TcpExtIPReversePathFilter
     */
    long value(String name) {
        return values.getOrDefault(name, 0L);
    }
}
