package dev.cnilab.net.packet;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A field of a header compared with a value: {@code icmp[icmptype] = icmp-echo}, {@code
 * tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn}. Names and offsets are pcap-filter(7)'s.
 */
enum FilterField {
    ICMP_TYPE("icmp", "icmptype", "0"),
    ICMP_CODE("icmp", "icmpcode", "1"),
    TCP_FLAGS("tcp", "tcpflags", "13");

    private static final Map<String, Integer> CONSTANTS =
            Map.ofEntries(
                    Map.entry("icmp-echoreply", Header.Icmp.ECHO_REPLY),
                    Map.entry("icmp-unreach", Header.Icmp.UNREACHABLE),
                    Map.entry("icmp-redirect", 5),
                    Map.entry("icmp-echo", Header.Icmp.ECHO_REQUEST),
                    Map.entry("icmp-routeradvert", 9),
                    Map.entry("icmp-routersolicit", 10),
                    Map.entry("icmp-timxceed", Header.Icmp.TIME_EXCEEDED),
                    Map.entry("icmp-paramprob", 12),
                    Map.entry("tcp-fin", 1),
                    Map.entry("tcp-syn", 2),
                    Map.entry("tcp-rst", 4),
                    Map.entry("tcp-push", 8),
                    Map.entry("tcp-ack", 16),
                    Map.entry("tcp-urg", 32));

    private final String protocol;
    private final String field;
    private final String offset;

    FilterField(String protocol, String field, String offset) {
        this.protocol = protocol;
        this.field = field;
        this.offset = offset;
    }

    /** Reads on from the bracket after a protocol. */
    static FilterTerm parse(String protocol, FilterWords words) {
        words.take();
        FilterField field = find(protocol, words.peek()).orElseThrow(() -> unknown(words));
        words.take();
        if (!words.skip("]")) {
            throw words.expected("']'");
        }
        int mask = words.skip("&") ? mask(words) : 0xff;
        IntPredicate condition = comparison(words);
        // As in pcap, only in IPv4.
        return new FilterTerm.And(
                new FilterTerm.Has(Header.Ipv4.class::isInstance),
                new FilterTerm.Has(header ->
                        field.read(header).filter(v -> condition.test(v & mask)).isPresent()));
    }

    private static Optional<FilterField> find(String protocol, String word) {
        for (FilterField each : values()) {
            if (each.protocol.equals(protocol)
                    && (each.field.equals(word) || each.offset.equals(word))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static IllegalArgumentException unknown(FilterWords words) {
        return words.expected("icmp[icmptype], icmp[icmpcode] or tcp[tcpflags]");
    }

    private static int mask(FilterWords words) {
        if (!words.skip("(")) {
            return constant(words);
        }
        int mask = alternatives(words);
        if (!words.skip(")")) {
            throw words.expected("')'");
        }
        return mask;
    }

    private static int alternatives(FilterWords words) {
        int bits = constant(words);
        while (words.skip("|")) {
            bits |= constant(words);
        }
        return bits;
    }

    private static int constant(FilterWords words) {
        String word = words.peek();
        int value;
        if (word.matches("[0-9]{1,3}")) {
            value = Integer.parseInt(word);
        } else if (word.matches("0x[0-9a-fA-F]{1,2}")) {
            value = Integer.parseInt(word.substring(2), 16);
        } else {
            value = CONSTANTS.getOrDefault(word, 256);
        }
        if (value > 255) {
            throw words.expected("a number of 0 to 255, or a name such as icmp-echo or tcp-syn");
        }
        words.take();
        return value;
    }

    private static IntPredicate comparison(FilterWords words) {
        String operator = words.peek();
        if (!operator.matches("==?|!=|[<>]=?")) {
            throw words.expected("a comparison such as '= icmp-echo'");
        }
        words.take();
        int value = alternatives(words);
        return switch (operator) {
            case "!=" -> field -> field != value;
            case "<" -> field -> field < value;
            case "<=" -> field -> field <= value;
            case ">" -> field -> field > value;
            case ">=" -> field -> field >= value;
            default -> field -> field == value;
        };
    }

    private Optional<Integer> read(Header header) {
        return switch (this) {
            case ICMP_TYPE ->
                    header instanceof Header.Icmp h ? Optional.of(h.type()) : Optional.empty();
            case ICMP_CODE ->
                    header instanceof Header.Icmp h ? Optional.of(h.code()) : Optional.empty();
            case TCP_FLAGS ->
                    header instanceof Header.Tcp h ? Optional.of(h.flags()) : Optional.empty();
        };
    }
}
