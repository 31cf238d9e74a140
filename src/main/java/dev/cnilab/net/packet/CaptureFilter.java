package dev.cnilab.net.packet;

/**
 * A filter expression that matches packets: the everyday part of pcap-filter(7), and {@code inner}.
 *
 * <pre>
 * [ip|ip6|arp] [SIDE] host ADDRESS      ether [SIDE] host MAC      [ip|ip6|arp] [SIDE] net NETWORK
 * [tcp|udp] [SIDE] port N               [tcp|udp] [SIDE] portrange N-M
 *     SIDE: src  dst  src or dst  src and dst
 * ip  ip6  arp  icmp  icmp6  tcp  udp   [ip|ip6] proto N|icmp|ipip|tcp|udp
 * icmp[icmptype] = icmp-echo            tcp[tcpflags] &amp; (tcp-syn|tcp-ack) = tcp-syn
 * inner EXPRESSION                      not (!)   and (&amp;&amp;)   or (||)   ( )
 * </pre>
 *
 * <p>As in pcap, {@code and} and {@code or} bind equally and to the left, and a primitive matches
 * the outer packet: {@code icmp} does not match an IP-in-IP packet with ICMP inside; {@code inner
 * icmp} does.
 */
public final class CaptureFilter {

    private final String text;
    private final FilterTerm term;

    private CaptureFilter(String text, FilterTerm term) {
        this.text = text;
        this.term = term;
    }

    /**
     * Parses an expression.
     *
     * @param text empty matches every packet
     * @throws IllegalArgumentException naming the unexpected word and its column
     */
    public static CaptureFilter parse(String text) {
        return new CaptureFilter(text, new FilterParser(text).parse());
    }

    public boolean matches(Packet packet) {
        return term.matches(packet);
    }

    @Override
    public String toString() {
        return text;
    }
}
