package dev.cnilab.spec;

import static dev.cnilab.spec.yaml.Field.defaulting;
import static dev.cnilab.spec.yaml.Field.optional;
import static dev.cnilab.spec.yaml.Field.required;

import dev.cnilab.spec.yaml.ListSchema;
import dev.cnilab.spec.yaml.MapSchema;
import dev.cnilab.spec.yaml.ObjectSchema;
import dev.cnilab.spec.yaml.OneOf;
import dev.cnilab.spec.yaml.Scalar;
import dev.cnilab.spec.yaml.Schema;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The schemas of the probes, each a key of {@code probe}. */
final class ProbeSchemas {

    /** Kubernetes' label keys: an optional DNS prefix, then a name. */
    static final Schema<Map<String, String>> SELECTOR =
            new MapSchema<>(
                    Pattern.compile("([a-z0-9.-]+/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?"),
                    "a label's key",
                    Scalar.anything("a label's value"));

    private ProbeSchemas() {}

    static Schema<ProbeSpec> probe() {
        return new OneOf<>(
                List.of(
                        required(
                                "nodes-ready",
                                ObjectSchema.of(v -> new ProbeSpec.NodesReady()),
                                "every node exists and is Ready"),
                        required("pods", pods(), "pods exist and are Ready"),
                        required("command", command(), "a command's exit code and output"),
                        required("http", HttpSchemas.http(), "curl -s"),
                        required("routes", routes(), "the routing table as route -n prints it"),
                        required("link", link(), "a link as ip -d address show prints it"),
                        required("node-routes", nodeRoutes(), "routes to other nodes' pods"),
                        required("first-hop", firstHop(), "a packet's addresses at its pod"),
                        required("packets", PacketSchemas.packets(), "a ping, captured"),
                        required("payload", payload(), "the largest ping without fragments")));
    }

    private static Schema<ProbeSpec.Pods> pods() {
        var namespace = required("namespace", Scalars.DNS_LABEL, "of the pods");
        var selector = defaulting("selector", SELECTOR, Map.of(), "labels; default: all pods");
        var everyNode =
                defaulting("onEveryNode", Scalar.truth(), false, "at least one on each node");
        var inSubnet =
                defaulting(
                        "inNodeSubnet",
                        Scalar.truth(),
                        false,
                        "addresses lie in the pod subnets of their nodes");
        return ObjectSchema.of(
                v ->
                        new ProbeSpec.Pods(
                                v.get(namespace),
                                v.get(selector),
                                v.get(everyNode),
                                v.get(inSubnet)),
                namespace,
                selector,
                everyNode,
                inSubnet);
    }

    private static Schema<ProbeSpec.Command> command() {
        var on = required("on", Scalars.PLACE, "where to run it");
        var argv =
                required(
                        "argv",
                        new ListSchema<>(Scalars.TEMPLATE, 1),
                        "the program and its arguments; run without a shell");
        var exitCode = defaulting("exitCode", Scalars.integer(0, 255), 0, "default: 0");
        var stdout = optional("stdout", output(), "expected output");
        return ObjectSchema.of(
                v -> new ProbeSpec.Command(v.get(on), v.get(argv), v.get(exitCode), v.get(stdout)),
                on,
                argv,
                exitCode,
                stdout);
    }

    private static Schema<ProbeSpec.Output> output() {
        return new OneOf<>(
                List.of(
                        required(
                                "equals",
                                Scalars.TEMPLATE.map(ProbeSpec.Output.Equals::new),
                                "the whole output, ignoring surrounding white space"),
                        required(
                                "matches",
                                Scalars.TEMPLATE
                                        .map(ProbeSchemas::checkedRegex)
                                        .map(ProbeSpec.Output.Matches::new),
                                "a regular expression found anywhere")));
    }

    private static Template checkedRegex(Template regex) {
        CniSchemas.checkedRegex(regex.fill(name -> "x"));
        return regex;
    }

    private static Schema<ProbeSpec.Routes> routes() {
        var on = required("on", Scalars.PLACE, "where to check");
        var exactly =
                required(
                        "exactly",
                        new ListSchema<>(Scalars.TEMPLATE, 0),
                        "all lines, in any order, ignoring white space");
        return ObjectSchema.of(v -> new ProbeSpec.Routes(v.get(on), v.get(exactly)), on, exactly);
    }

    private static Schema<ProbeSpec.Link> link() {
        var on = required("on", Scalars.PLACE, "where to check");
        var name = required("name", Scalars.INTERFACE_TEMPLATE, "the link's name");
        var kind = optional("kind", Scalars.TEMPLATE, "kind of link as ip -d link prints it");
        var mtu = optional("mtu", Scalars.TEMPLATE, "in octets");
        var addresses =
                optional(
                        "addresses",
                        new ListSchema<>(Scalars.TEMPLATE, 0),
                        "all its IPv4 addresses, with lengths; [] for none");
        var local = optional("local", Scalars.TEMPLATE, "a tunnel's local address");
        return ObjectSchema.of(
                v ->
                        new ProbeSpec.Link(
                                v.get(on),
                                v.get(name),
                                v.get(kind),
                                v.get(mtu),
                                v.get(addresses),
                                v.get(local)),
                on,
                name,
                kind,
                mtu,
                addresses,
                local);
    }

    private static Schema<ProbeSpec.NodeRoutes> nodeRoutes() {
        var device = required("device", Scalars.INTERFACE_TEMPLATE, "the tunnel device");
        return ObjectSchema.of(v -> new ProbeSpec.NodeRoutes(v.get(device)), device);
    }

    private static Schema<ProbeSpec.FirstHop> firstHop() {
        var from = required("from", Scalars.ONE_POD, "the pod that sends");
        var to = required("to", Scalars.ONE_POD, "the pod that it sends to");
        var srcIp = required("srcIp", Scalars.TEMPLATE, "source address");
        var srcMac = required("srcMac", Scalars.TEMPLATE, "source MAC");
        var dstIp = required("dstIp", Scalars.TEMPLATE, "destination address");
        var dstMac = required("dstMac", Scalars.TEMPLATE, "destination MAC");
        return ObjectSchema.of(
                v ->
                        new ProbeSpec.FirstHop(
                                v.get(from),
                                v.get(to),
                                v.get(srcIp),
                                v.get(srcMac),
                                v.get(dstIp),
                                v.get(dstMac)),
                from,
                to,
                srcIp,
                srcMac,
                dstIp,
                dstMac);
    }

    private static Schema<ProbeSpec.Payload> payload() {
        var from = required("from", Scalars.SINGLE_PLACE, "source of the ping");
        var to = required("to", Scalars.SINGLE_PLACE, "destination of the ping");
        var largest =
                defaulting(
                        "largest",
                        Scalar.anything("auto or a number of octets")
                                .map(ProbeSchemas::parsePayload),
                        OptionalInt.empty(),
                        "the largest payload that passes; auto: the MTU minus 28");
        return ObjectSchema.of(
                v -> new ProbeSpec.Payload(v.get(from), v.get(to), v.get(largest)),
                from,
                to,
                largest);
    }

    private static OptionalInt parsePayload(String text) {
        if (text.equals("auto")) {
            return OptionalInt.empty();
        }
        if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= ProbeSpec.MOST_PAYLOAD) {
            return OptionalInt.of(Integer.parseInt(text));
        }
        throw new IllegalArgumentException(
                "expected auto or a number of 1 to " + ProbeSpec.MOST_PAYLOAD);
    }
}
