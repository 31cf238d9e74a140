package dev.cnilab.net.packet;

/**
 * Chooses packets by an expression: the part of pcap-filter(7) that a lab needs, and {@code inner}.
 *
 * <pre>
 * [src|dst] host ADDRESS      [src|dst] net ADDRESS/LENGTH      [src|dst] port N
 * ip  ip6  arp  icmp  tcp  udp  ip proto N|icmp|ipip|tcp|udp    inner PRIMITIVE
 * not (!)   and (&amp;&amp;)   or (||)   ( )
 * </pre>
 *
 * <p>As in pcap, {@code and} and {@code or} bind equally and to the left, and a primitive looks at
 * the packet on the wire: {@code icmp} does not match an IP-in-IP packet with ICMP inside; {@code
 * inner icmp} does.
 */
public final class CaptureFilter {

    private final String text;
    private final FilterTerm term;

    private CaptureFilter(String text, FilterTerm term) {
        this.text = text;
        this.term = term;
    }

    /**
     * @param text empty matches every packet
     * @throws IllegalArgumentException naming the word, and its place, that can't be understood
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
