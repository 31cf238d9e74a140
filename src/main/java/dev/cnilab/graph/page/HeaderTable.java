package dev.cnilab.graph.page;

import dev.cnilab.graph.Markup;
import dev.cnilab.net.packet.Header;
import dev.cnilab.trace.Change;
import dev.cnilab.trace.Hop;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The headers of a packet at one hop, with the outer header next to the inner one; changes are
 * marked.
 */
final class HeaderTable {

    private static final String SOURCE_IP = "src IP";

    private final Hop hop;
    private final Markup page;

    private HeaderTable(Hop hop, Markup page) {
        this.hop = hop;
        this.page = page;
    }

    static void write(Hop hop, Markup page) {
        new HeaderTable(hop, page).write();
    }

    private void write() {
        page.open("table", "class", "headers")
                .open("thead")
                .open("tr")
                .element("th", "")
                .element("th", "outer header")
                .element("th", hop.outer().isPresent() ? "inner header" : "header")
                .close("tr")
                .close("thead")
                .open("tbody");
        hop.ethernet()
                .ifPresent(ethernet -> {
                    frameRow("src MAC", ethernet.source().toString(), Change.Field.SOURCE_MAC);
                    frameRow(
                            "dst MAC",
                            ethernet.destination().toString(),
                            Change.Field.DESTINATION_MAC);
                });
        Header.Ipv4 inner = hop.inner();
        row(
                SOURCE_IP,
                hop.outer().map(ip -> ip.source().toString()),
                inner.source().toString(),
                Change.Field.SOURCE);
        row(
                "dst IP",
                hop.outer().map(ip -> ip.destination().toString()),
                inner.destination().toString(),
                Change.Field.DESTINATION);
        row(
                "TTL",
                hop.outer().map(ip -> String.valueOf(ip.ttl())),
                String.valueOf(inner.ttl()),
                Change.Field.TTL);
        plain("protocol", hop.outer().map(Header.Ipv4::protocol), inner.protocol());
        plain("id", hop.outer().map(Header.Ipv4::id), inner.id());
        plain(
                "don't fragment",
                hop.outer().map(ip -> ip.dontFragment() ? "yes" : "no"),
                inner.dontFragment() ? "yes" : "no");
        transport();
        page.close("tbody").close("table");
    }

    private void transport() {
        for (Header header : hop.headers()) {
            if (header instanceof Header.Tcp tcp) {
                ports(tcp.sourcePort(), tcp.destinationPort());
                plain("TCP flags", Optional.empty(), flags(tcp.flags()));
            } else if (header instanceof Header.Udp udp) {
                ports(udp.sourcePort(), udp.destinationPort());
            } else if (header instanceof Header.Icmp icmp) {
                plain(
                        "ICMP",
                        Optional.empty(),
                        icmp.isEcho()
                                ? (icmp.type() == Header.Icmp.ECHO_REQUEST ? "request" : "reply")
                                        + " "
                                        + icmp.sequence()
                                : "type " + icmp.type() + " code " + icmp.code());
            }
        }
    }

    private void ports(int source, int destination) {
        row("src port", Optional.empty(), String.valueOf(source), Change.Field.SOURCE_PORT);
        row(
                "dst port",
                Optional.empty(),
                String.valueOf(destination),
                Change.Field.DESTINATION_PORT);
    }

    /** Formats flags in the order of their bits (RFC 9293). */
    private static String flags(int flags) {
        List<String> names = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR");
        return String.join(
                " ",
                names.stream().filter(name -> (flags >> names.indexOf(name) & 1) == 1).toList());
    }

    /** Writes a row about the frame itself rather than one of its headers. */
    private void frameRow(String name, String value, Change.Field field) {
        page.open("tr").element("th", name);
        cell(value, change(field), true, 2);
        page.close("tr");
    }

    private void row(String name, Optional<String> outer, String inner, Change.Field field) {
        Optional<Change> wrapped =
                change(Change.Field.OUTER).filter(_ -> outer.isPresent() || name.equals(SOURCE_IP));
        page.open("tr").element("th", name);
        cell(outer.orElse(""), wrapped, name.equals(SOURCE_IP), 1);
        cell(inner, change(field), true, 1);
        page.close("tr");
    }

    private void plain(String name, Optional<?> outer, Object inner) {
        row(name, outer.map(String::valueOf), String.valueOf(inner), Change.Field.FRAGMENTS);
    }

    private Optional<Change> change(Change.Field field) {
        return hop.changes().stream()
                .filter(change -> change.field() == field)
                .filter(_ -> field != Change.Field.FRAGMENTS)
                .findFirst();
    }

    /**
     * Writes a cell.
     *
     * @param why whether to add the reason of the change, which is printed once per header
     */
    private void cell(String value, Optional<Change> change, boolean why, int columns) {
        page.open(
                "td",
                "colspan",
                columns == 1 ? "" : columns,
                "class",
                change.isPresent() ? "changed" : "");
        if (value.isEmpty()) {
            page.element("span", "–", "class", "none");
        } else {
            page.element("b", value);
        }
        change.filter(_ -> why)
                .ifPresent(what -> {
                    if (!what.before().isEmpty()) {
                        page.text(" ").element("del", what.before());
                    }
                    page.text(" ").element("i", because(what));
                });
        page.close("td");
    }

    private static String because(Change change) {
        return change.because().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
