package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.net.Ipv6Prefix;
import dev.cnilab.net.MacAddress;
import dev.cnilab.net.packet.FilterQualifiers.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A recursive descent parser of filter expressions. */
final class FilterParser {

    /** Limits nesting, which would otherwise overflow the stack; no real filter comes near it. */
    private static final int MAX_DEPTH = 100;

    private static final List<String> PROTOCOLS =
            List.of("ether", "ip", "ip6", "arp", "icmp", "icmp6", "tcp", "udp");

    private final FilterWords words;
    private int depth;

    /** Of the term before, for an address or port that has none; null after a protocol's name. */
    private @Nullable FilterQualifiers last = FilterQualifiers.NONE;

    FilterParser(String text) {
        this.words = new FilterWords(text);
    }

    FilterTerm parse() {
        if (words.atEnd()) {
            return new FilterTerm.Everything();
        }
        FilterTerm term = expression();
        if (!words.atEnd()) {
            throw words.expected("'and', 'or' or the end");
        }
        return term;
    }

    private FilterTerm expression() {
        FilterTerm term = factor();
        while (true) {
            if (words.skip("and", "&&")) {
                term = new FilterTerm.And(term, factor());
            } else if (words.skip("or", "||")) {
                term = new FilterTerm.Or(term, factor());
            } else {
                return term;
            }
        }
    }

    private FilterTerm factor() {
        if (++depth > MAX_DEPTH) {
            throw words.expected("at most " + MAX_DEPTH + " levels of nesting");
        }
        FilterTerm term;
        if (words.skip("not", "!")) {
            term = new FilterTerm.Not(factor());
        } else if (words.skip("inner")) {
            term = new FilterTerm.Inner(factor());
        } else if (words.skip("(")) {
            term = expression();
            if (!words.skip(")")) {
                throw words.expected("')'");
            }
        } else {
            term = primitive();
        }
        depth--;
        return term;
    }

    private FilterTerm primitive() {
        String protocol = PROTOCOLS.contains(words.peek()) ? words.take() : "";
        if (words.peek().equals("[")) {
            last = null;
            return FilterField.parse(protocol, words);
        }
        if (List.of("", "ip", "ip6").contains(protocol) && words.skip("proto")) {
            last = null;
            return ipProtocol(protocol, protocolNumber());
        }
        Optional<Side> side = side();
        Optional<FilterQualifiers.Type> type = type(protocol);
        if (side.isPresent() || type.isPresent()) {
            last =
                    new FilterQualifiers(
                            protocol,
                            side.orElse(Side.EITHER),
                            type.orElse(FilterQualifiers.Type.HOST));
            return named(last);
        }
        if (protocol.isEmpty() && last != null && words.peek().matches("[0-9a-fA-F:].*")) {
            return named(last);
        }
        last = null;
        return protocol(protocol);
    }

    private Optional<Side> side() {
        String three = String.join(" ", words.peek(0), words.peek(1), words.peek(2));
        if (three.matches("src (and|or) dst|dst (and|or) src")) {
            words.take();
            Side side = words.take().equals("or") ? Side.EITHER : Side.BOTH;
            words.take();
            return Optional.of(side);
        } else if (words.skip("src")) {
            return Optional.of(Side.SOURCE);
        }
        return words.skip("dst") ? Optional.of(Side.DESTINATION) : Optional.empty();
    }

    private Optional<FilterQualifiers.Type> type(String protocol) {
        Optional<FilterQualifiers.Type> type =
                Stream.of(FilterQualifiers.Type.values())
                        .filter(each -> each.word().equals(words.peek()))
                        .findFirst();
        if (type.isPresent()) {
            if (!type.get().follows(protocol)) {
                throw words.expected("what '" + protocol + "' may be followed by");
            }
            words.take();
        }
        return type;
    }

    private FilterTerm named(FilterQualifiers qualifiers) {
        return switch (qualifiers.type()) {
            case HOST -> host(qualifiers);
            case NET -> network(qualifiers);
            case PORT -> {
                int port = port(words.peek());
                words.take();
                yield qualifiers.ports(port, port);
            }
            case PORT_RANGE -> {
                String[] ends = words.peek().split("-", 2);
                int from = port(ends[0]);
                int to = ends.length == 1 ? from : port(ends[1]);
                words.take();
                yield qualifiers.ports(Math.min(from, to), Math.max(from, to));
            }
        };
    }

    private FilterTerm host(FilterQualifiers qualifiers) {
        if (qualifiers.protocol().equals("ether")) {
            return qualifiers.mac(value(MacAddress::parse, "a MAC address"));
        } else if (isIpv6(qualifiers)) {
            return qualifiers.ipv6(
                    value(text -> Ipv6Prefix.parse(text + "/128"), "an IPv6 address"));
        }
        return qualifiers.ipv4(
                value(text -> Ipv4Address.parse(text).asPrefix(), "an IPv4 or IPv6 address"));
    }

    private FilterTerm network(FilterQualifiers qualifiers) {
        if (isIpv6(qualifiers)) {
            return qualifiers.ipv6(value(Ipv6Prefix::parse, "a network such as 2001:db8::/32"));
        }
        return qualifiers.ipv4(value(FilterParser::ipv4Network, "a network such as 10.244.0.0/16"));
    }

    private boolean isIpv6(FilterQualifiers qualifiers) {
        return qualifiers.protocol().equals("ip6")
                || qualifiers.protocol().isEmpty() && words.peek().contains(":");
    }

    /** As in pcap a network may be cut behind an octet, which gives its length. */
    private static Ipv4Prefix ipv4Network(String text) {
        String address = text.split("/", 2)[0];
        int octets = address.split("\\.", -1).length;
        String whole = address + ".0".repeat(Math.max(0, 4 - octets));
        Ipv4Prefix network =
                text.contains("/")
                        ? Ipv4Prefix.parse(whole + text.substring(address.length()))
                        : new Ipv4Prefix(Ipv4Address.parse(whole), 8 * octets);
        if (!network.isNetwork()) {
            throw new IllegalArgumentException("host bits are set");
        }
        return network;
    }

    private <T> T value(Function<String, T> parse, String what) {
        try {
            T value = parse.apply(words.peek());
            words.take();
            return value;
        } catch (IllegalArgumentException e) {
            throw words.expected(what);
        }
    }

    private int port(String word) {
        return number(word, "a port of 0 to 65535", 65535);
    }

    private int number(String word, String what, int highest) {
        if (!word.matches("[0-9]{1,5}") || Integer.parseInt(word) > highest) {
            throw words.expected(what);
        }
        return Integer.parseInt(word);
    }

    private int protocolNumber() {
        int number =
                switch (words.peek().replaceFirst("^\\\\", "")) {
                    case "icmp" -> IpProtocol.ICMP;
                    case "ipip" -> IpProtocol.IPIP;
                    case "tcp" -> IpProtocol.TCP;
                    case "udp" -> IpProtocol.UDP;
                    default ->
                            number(
                                    words.peek(),
                                    "a protocol of 0 to 255, or icmp, ipip, tcp, udp",
                                    255);
                };
        words.take();
        return number;
    }

    private FilterTerm protocol(String name) {
        return switch (name) {
            case "ip" -> has(Header.Ipv4.class::isInstance);
            case "ip6" -> has(Header.Ipv6.class::isInstance);
            case "arp" -> has(Header.Arp.class::isInstance);
            case "icmp" -> ipProtocol("ip", IpProtocol.ICMP);
            case "icmp6" -> ipProtocol("ip6", IpProtocol.ICMPV6);
            case "tcp" -> ipProtocol("", IpProtocol.TCP);
            case "udp" -> ipProtocol("", IpProtocol.UDP);
            case "ether" -> throw words.expected("'host', 'src' or 'dst'");
            default ->
                    throw words.expected(
                            "a primitive such as 'host ADDRESS', 'ip proto 4' or 'icmp'");
        };
    }

    /**
     * @param version ip, ip6, or "" for either
     */
    private static FilterTerm ipProtocol(String version, int number) {
        return has(header ->
                switch (header) {
                    case Header.Ipv4 h -> !version.equals("ip6") && h.protocol() == number;
                    case Header.Ipv6 h -> !version.equals("ip") && h.nextHeader() == number;
                    default -> false;
                });
    }

    private static FilterTerm has(Predicate<Header> condition) {
        return new FilterTerm.Has(condition);
    }
}
