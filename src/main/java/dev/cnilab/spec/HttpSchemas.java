package dev.cnilab.spec;

import static dev.cnilab.spec.yaml.Field.defaulting;
import static dev.cnilab.spec.yaml.Field.optional;
import static dev.cnilab.spec.yaml.Field.required;

import dev.cnilab.spec.ProbeSpec.HttpTarget;
import dev.cnilab.spec.yaml.ObjectSchema;
import dev.cnilab.spec.yaml.OneOf;
import dev.cnilab.spec.yaml.Schema;
import java.util.List;
import java.util.function.Function;

/** The schema of the probe {@code http}. */
final class HttpSchemas {

    private HttpSchemas() {}

    static Schema<ProbeSpec.Http> http() {
        var from = required("from", Scalars.PLACE, "source of the request");
        var to = required("to", target(), "target of the request");
        var body = required("body", Scalars.TEMPLATE, "the response's whole body");
        var source = optional("seenSource", seenSource(), "the source address that backends see");
        return ObjectSchema.of(
                v -> new ProbeSpec.Http(v.get(from), v.get(to), v.get(body), v.get(source)),
                from,
                to,
                body,
                source);
    }

    private static Schema<HttpTarget> target() {
        return new OneOf<>(
                List.of(
                        required("each-pod", eachPod(), "each of the pods"),
                        required(
                                "cluster-ip",
                                service(HttpTarget.ClusterIp::new),
                                "a Service's cluster IP"),
                        required(
                                "node-port",
                                service(HttpTarget.NodePort::new),
                                "a Service's node port on every node's address"),
                        required(
                                "own-service",
                                service(HttpTarget.OwnService::new),
                                "a Service, repeated until the calling pod itself answers")));
    }

    private static Schema<HttpTarget> eachPod() {
        var port = defaulting("port", Scalars.integer(1, 65535), 80, "default: 80");
        return ObjectSchema.of(v -> new HttpTarget.EachPod(v.get(port)), port);
    }

    private static Schema<HttpTarget> service(Function<String, HttpTarget> target) {
        var service = required("service", Scalars.DNS_LABEL, "the Service's name");
        return ObjectSchema.of(v -> target.apply(v.get(service)), service);
    }

    private static Schema<ProbeSpec.SeenSource> seenSource() {
        var same = required("sameNode", Scalars.TEMPLATE, "with a backend on the same node");
        var other = required("otherNode", Scalars.TEMPLATE, "with a backend on another node");
        return ObjectSchema.of(
                v -> new ProbeSpec.SeenSource(v.get(same), v.get(other)), same, other);
    }
}
