package dev.cnilab.net.packet;

import dev.cnilab.net.Ipv4Address;
import dev.cnilab.net.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recursive descent over the words of a filter. */
final class FilterParser {

    private static final Pattern WORD =
            Pattern.compile("[()!]|&&|\\|\\||[\\w./]+|[^\\s()!&|]+|\\S");

    /** Deeper nesting is nothing a person writes, and would exhaust the stack. */
    private static final int MAX_DEPTH = 100;

    private record Word(String text, int column) {}

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int next;
    private int depth;

    FilterParser(String text) {
        this.text = text;
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(new Word(matcher.group(), matcher.start() + 1));
        }
    }

    FilterTerm parse() {
        if (words.isEmpty()) {
            return new FilterTerm.Everything();
        }
        FilterTerm term = expression();
        if (next < words.size()) {
            throw expected("'and', 'or' or the end");
        }
        return term;
    }

    private FilterTerm expression() {
        FilterTerm term = factor();
        while (true) {
            if (skip("and", "&&")) {
                term = new FilterTerm.And(term, factor());
            } else if (skip("or", "||")) {
                term = new FilterTerm.Or(term, factor());
            } else {
                return term;
            }
        }
    }

    private FilterTerm factor() {
        if (++depth > MAX_DEPTH) {
            throw expected("at most " + MAX_DEPTH + " levels of nesting");
        }
        FilterTerm term;
        if (skip("not", "!")) {
            term = new FilterTerm.Not(factor());
        } else if (skip("inner")) {
            term = new FilterTerm.Inner(factor());
        } else if (skip("(")) {
            term = expression();
            if (!skip(")")) {
                throw expected("')'");
            }
        } else {
            term = primitive();
        }
        depth--;
        return term;
    }

    private FilterTerm primitive() {
        FilterTerm.Side side =
                skip("src")
                        ? FilterTerm.Side.SOURCE
                        : skip("dst") ? FilterTerm.Side.DESTINATION : FilterTerm.Side.EITHER;
        if (skip("host")) {
            return side.address(host());
        } else if (skip("net")) {
            return side.address(network());
        } else if (skip("port")) {
            return side.port(number("a port of 0 to 65535", 65535));
        } else if (side != FilterTerm.Side.EITHER) {
            throw expected("'host', 'net' or 'port'");
        }
        return protocol();
    }

    private FilterTerm protocol() {
        if (skip("ip")) {
            return skip("proto")
                    ? ipProtocol(protocolNumber())
                    : has(Header.Ipv4.class::isInstance);
        } else if (skip("ip6")) {
            return has(Header.Ipv6.class::isInstance);
        } else if (skip("arp")) {
            return has(Header.Arp.class::isInstance);
        } else if (skip("icmp")) {
            return ipProtocol(IpProtocol.ICMP);
        } else if (skip("tcp")) {
            return ipProtocol(IpProtocol.TCP);
        } else if (skip("udp")) {
            return ipProtocol(IpProtocol.UDP);
        }
        throw expected("a primitive such as 'host ADDRESS', 'ip proto 4' or 'icmp'");
    }

    private int protocolNumber() {
        if (skip("icmp")) {
            return IpProtocol.ICMP;
        } else if (skip("ipip")) {
            return IpProtocol.IPIP;
        } else if (skip("tcp")) {
            return IpProtocol.TCP;
        } else if (skip("udp")) {
            return IpProtocol.UDP;
        }
        return number("a protocol of 0 to 255, or icmp, ipip, tcp, udp", 255);
    }

    private Ipv4Prefix host() {
        try {
            Ipv4Prefix host = Ipv4Address.parse(word()).asPrefix();
            next++;
            return host;
        } catch (IllegalArgumentException e) {
            throw expected("an IPv4 address");
        }
    }

    private Ipv4Prefix network() {
        try {
            Ipv4Prefix network = Ipv4Prefix.parse(word());
            next++;
            return network;
        } catch (IllegalArgumentException e) {
            throw expected("a network such as 10.244.0.0/16");
        }
    }

    private int number(String what, int highest) {
        if (!word().matches("[0-9]{1,5}") || Integer.parseInt(word()) > highest) {
            throw expected(what);
        }
        return Integer.parseInt(words.get(next++).text);
    }

    private static FilterTerm has(Predicate<Header> condition) {
        return new FilterTerm.Has(condition);
    }

    private static FilterTerm ipProtocol(int number) {
        return has(header -> header instanceof Header.Ipv4 ip && ip.protocol() == number);
    }

    private boolean skip(String... alternatives) {
        boolean found = List.of(alternatives).contains(word());
        if (found) {
            next++;
        }
        return found;
    }

    private String word() {
        return next < words.size() ? words.get(next).text : "";
    }

    private IllegalArgumentException expected(String what) {
        String found =
                next < words.size()
                        ? "'" + word() + "' at column " + words.get(next).column
                        : "the end";
        return new IllegalArgumentException(
                "filter '" + text + "': expected " + what + ", found " + found);
    }
}
