package dev.cnilab.verify.probe;

import dev.cnilab.net.packet.Header;
import dev.cnilab.net.packet.Packet;
import dev.cnilab.spec.ProbeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The expected leading headers of a packet. */
record HeaderStack(List<Expected> headers) {

    /** An expected header. */
    sealed interface Expected {

        record Ethernet(String source, String destination) implements Expected {

            @Override
            public String toString() {
                return "Ethernet " + source + " > " + destination;
            }
        }

        record Ipv4(String source, String destination, int protocol, OptionalInt ttl)
                implements Expected {

            @Override
            public String toString() {
                String life = ttl.isPresent() ? " ttl " + ttl.getAsInt() : "";
                return "IPv4 " + source + " > " + destination + " proto " + protocol + life;
            }
        }

        record EchoRequest() implements Expected {

            @Override
            public String toString() {
                return "ICMP echo request";
            }
        }
    }

    static HeaderStack of(List<ProbeSpec.Header> headers, Values values) throws IOException {
        List<Expected> expected = new ArrayList<>();
        for (ProbeSpec.Header header : headers) {
            expected.add(
                    switch (header) {
                        case ProbeSpec.Header.Ethernet e ->
                                new Expected.Ethernet(values.fill(e.src()), values.fill(e.dst()));
                        case ProbeSpec.Header.Ipv4 ip ->
                                new Expected.Ipv4(
                                        values.fill(ip.src()),
                                        values.fill(ip.dst()),
                                        ip.protocol(),
                                        ip.ttl());
                        case ProbeSpec.Header.EchoRequest _ -> new Expected.EchoRequest();
                    });
        }
        return new HeaderStack(expected);
    }

    boolean fits(Packet packet) {
        List<Header> seen = packet.headers();
        if (seen.size() < headers.size()) {
            return false;
        }
        for (int i = 0; i < headers.size(); i++) {
            if (!fits(headers.get(i), seen.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Expected expected, Header seen) {
        return switch (expected) {
            case Expected.Ethernet want ->
                    seen instanceof Header.Ethernet ethernet
                            && ethernet.source().toString().equals(want.source())
                            && ethernet.destination().toString().equals(want.destination());
            case Expected.Ipv4 want ->
                    seen instanceof Header.Ipv4 ip
                            && ip.source().toString().equals(want.source())
                            && ip.destination().toString().equals(want.destination())
                            && ip.protocol() == want.protocol()
                            && (want.ttl().isEmpty() || want.ttl().getAsInt() == ip.ttl());
            case Expected.EchoRequest _ ->
                    seen instanceof Header.Icmp icmp && icmp.type() == Header.Icmp.ECHO_REQUEST;
        };
    }

    @Override
    public String toString() {
        return headers.stream().map(Object::toString).collect(Collectors.joining(" | "));
    }
}
