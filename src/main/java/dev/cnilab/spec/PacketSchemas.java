package dev.cnilab.spec;

import static dev.cnilab.spec.yaml.Field.defaulting;
import static dev.cnilab.spec.yaml.Field.optional;
import static dev.cnilab.spec.yaml.Field.required;

import dev.cnilab.spec.ProbeSpec.Header;
import dev.cnilab.spec.ProbeSpec.Point;
import dev.cnilab.spec.yaml.ListSchema;
import dev.cnilab.spec.yaml.ObjectSchema;
import dev.cnilab.spec.yaml.OneOf;
import dev.cnilab.spec.yaml.Scalar;
import dev.cnilab.spec.yaml.Schema;
import java.util.List;
import java.util.OptionalInt;

/** The schema of the probe {@code packets}. */
final class PacketSchemas {

    private PacketSchemas() {}

    static Schema<ProbeSpec.Packets> packets() {
        var from = required("from", Scalars.SINGLE_PLACE, "source of the ping");
        var to = required("to", Scalars.SINGLE_PLACE, "destination of the ping");
        var at = required("at", new ListSchema<>(sighting(), 1), "all must be captured");
        var never =
                defaulting(
                        "never",
                        new ListSchema<>(sighting(), 0),
                        List.of(),
                        "none may be captured");
        return ObjectSchema.of(
                v -> new ProbeSpec.Packets(v.get(from), v.get(to), v.get(at), v.get(never)),
                from,
                to,
                at,
                never);
    }

    private static Schema<ProbeSpec.Sighting> sighting() {
        var where =
                required(
                        "where",
                        Scalar.choice(List.of(Point.values()), Point::text),
                        "network namespace of the capture");
        var link = required("interface", Scalars.INTERFACE_TEMPLATE, "link of the capture");
        var headers = required("headers", new ListSchema<>(header(), 1), "outermost first");
        return ObjectSchema.of(
                v -> new ProbeSpec.Sighting(v.get(where), v.get(link), v.get(headers)),
                where,
                link,
                headers);
    }

    private static Schema<Header> header() {
        return new OneOf<>(
                List.of(
                        required("ethernet", ethernet(), "an Ethernet header"),
                        required("ipv4", ipv4(), "an IPv4 header"),
                        required(
                                "echo-request",
                                ObjectSchema.of(v -> new Header.EchoRequest()),
                                "an ICMP echo request")));
    }

    private static Schema<Header.Ethernet> ethernet() {
        var src = required("src", Scalars.TEMPLATE, "source MAC");
        var dst = required("dst", Scalars.TEMPLATE, "destination MAC");
        return ObjectSchema.of(v -> new Header.Ethernet(v.get(src), v.get(dst)), src, dst);
    }

    private static Schema<Header.Ipv4> ipv4() {
        var src = required("src", Scalars.TEMPLATE, "source address");
        var dst = required("dst", Scalars.TEMPLATE, "destination address");
        var protocol =
                required("protocol", Scalars.integer(0, 255), "IP protocol number: 1 ICMP, 4 IPv4");
        var ttl = optional("ttl", Scalars.integer(0, 255), "default: any");
        return ObjectSchema.of(
                v ->
                        new Header.Ipv4(
                                v.get(src),
                                v.get(dst),
                                v.get(protocol),
                                v.get(ttl).map(OptionalInt::of).orElse(OptionalInt.empty())),
                src,
                dst,
                protocol,
                ttl);
    }
}
