package dev.cnilab.spec;

import static dev.cnilab.spec.yaml.Field.defaulting;
import static dev.cnilab.spec.yaml.Field.optional;
import static dev.cnilab.spec.yaml.Field.required;

import dev.cnilab.net.Ipv4Prefix;
import dev.cnilab.spec.CniSpec.ExternalInterface;
import dev.cnilab.spec.yaml.Field;
import dev.cnilab.spec.yaml.ObjectSchema;
import dev.cnilab.spec.yaml.OneOf;
import dev.cnilab.spec.yaml.Scalar;
import dev.cnilab.spec.yaml.Schema;
import dev.cnilab.spec.yaml.Tagged;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The schema of the section {@code cni}. */
final class CniSchemas {

    /** RFC 791: every host must accept datagrams of 576 octets. */
    private static final int LEAST_MTU = 576;

    private static final int MOST_MTU = 65515;

    /**
     * An image of any registry, with a tag or a digest or both (distribution/reference,
     * simplified).
     */
    private static final Schema<String> IMAGE =
            Scalar.matching(
                    "[a-z0-9][\\w./:-]*(@sha256:[0-9a-f]{64})?",
                    "an image, NAME:TAG or NAME:TAG@sha256:…");

    private CniSchemas() {}

    static Schema<CniSpec> cni() {
        return new Tagged<>(
                "type",
                List.of(
                        Map.entry("lab-ipip", labIpip()),
                        Map.entry("flannel", flannel()),
                        Map.entry("conflist", conflist())));
    }

    private static Schema<CniSpec.LabIpip> labIpip() {
        var type = type("lab-ipip");
        var network = network();
        var backend = backend();
        var mtu =
                defaulting(
                        "mtu",
                        mtu(),
                        OptionalInt.empty(),
                        "MTU of tunnel and pods at most; auto, and at most: the interface's minus 20");
        var masquerade = masquerade();
        var externalInterface =
                externalInterface(List.of(interfaceName(), interfaceRegex(), interfaceCanReach()));
        return ObjectSchema.of(
                v ->
                        new CniSpec.LabIpip(
                                v.get(network),
                                v.get(backend),
                                v.get(mtu),
                                v.get(masquerade),
                                v.get(externalInterface)),
                type,
                network,
                backend,
                mtu,
                masquerade,
                externalInterface);
    }

    private static Schema<CniSpec.Flannel> flannel() {
        var type = type("flannel");
        var network = network();
        var backend = backend();
        var masquerade = masquerade();
        var externalInterface = externalInterface(List.of(interfaceName(), interfaceRegex()));
        var image = required("image", IMAGE, "image of flanneld");
        var pluginImage = required("pluginImage", IMAGE, "image that installs flannel's plugin");
        var bridge =
                optional(
                        "bridge",
                        Scalars.ABSOLUTE_PATH.map(Path::of),
                        "path of the plugin bridge on this machine; default: downloaded");
        return ObjectSchema.of(
                v ->
                        new CniSpec.Flannel(
                                v.get(network),
                                v.get(backend),
                                v.get(masquerade),
                                v.get(externalInterface),
                                v.get(image),
                                v.get(pluginImage),
                                v.get(bridge)),
                type,
                network,
                backend,
                masquerade,
                externalInterface,
                image,
                pluginImage,
                bridge);
    }

    private static Field<Ipv4Prefix> network() {
        return required("network", Scalars.IPV4_SUBNET, "must equal podSubnet");
    }

    private static Field<Boolean> masquerade() {
        return defaulting(
                "masquerade",
                Scalar.truth(),
                true,
                "masquerade traffic from pods to destinations outside of the pod network");
    }

    private static Field<Boolean> backend() {
        var type = type("ipip");
        var direct =
                defaulting(
                        "directRouting",
                        Scalar.truth(),
                        false,
                        "route without tunnel between nodes in the same subnet");
        return defaulting(
                "backend",
                ObjectSchema.of(v -> v.get(direct), type, direct),
                false,
                "how packets reach other nodes");
    }

    private static Schema<OptionalInt> mtu() {
        return Scalar.anything("auto or a number of octets").map(CniSchemas::parseMtu);
    }

    private static OptionalInt parseMtu(String text) {
        if (text.equals("auto")) {
            return OptionalInt.empty();
        }
        if (text.matches("[1-9][0-9]{2,4}")
                && Integer.parseInt(text) >= LEAST_MTU
                && Integer.parseInt(text) <= MOST_MTU) {
            return OptionalInt.of(Integer.parseInt(text));
        }
        throw new IllegalArgumentException(
                "expected auto or a number of " + LEAST_MTU + " to " + MOST_MTU);
    }

    private static Field<ExternalInterface> externalInterface(
            List<Field<? extends ExternalInterface>> choices) {
        return defaulting(
                "interface",
                new OneOf<>(choices),
                new ExternalInterface.DefaultRoute(),
                "interface to the other nodes; default: the default route's");
    }

    private static Field<ExternalInterface.Named> interfaceName() {
        return required(
                "name",
                Scalars.INTERFACE.map(ExternalInterface.Named::new),
                "the interface's name");
    }

    private static Field<ExternalInterface.Matching> interfaceRegex() {
        return required(
                "regex",
                Scalar.text("a regular expression")
                        .map(CniSchemas::checkedRegex)
                        .map(ExternalInterface.Matching::new),
                "regular expression for the interface's name or address");
    }

    private static Field<ExternalInterface.CanReach> interfaceCanReach() {
        return required(
                "canReach",
                Scalars.IPV4_ADDRESS.map(ExternalInterface.CanReach::new),
                "the interface of the route to this address");
    }

    /**
     * Checks a regular expression. The message of a PatternSyntaxException has several lines; this
     * one has one.
     */
    static String checkedRegex(String regex) {
        try {
            Pattern.compile(regex);
            return regex;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + e.getDescription(), e);
        }
    }

    private static Schema<CniSpec.Conflist> conflist() {
        var type = type("conflist");
        var file =
                defaulting(
                        "file",
                        Scalar.matching("[^\\s/]+\\.conflist", "a file name ending in .conflist"),
                        "10-lab.conflist",
                        "file name in /etc/cni/net.d");
        var conflist =
                required(
                        "conflist",
                        Scalars.TEMPLATE.map(ConflistJson::checked),
                        "network configuration list as in the CNI specification; may use a node's variables");
        var binDir =
                required(
                        "binDir",
                        Scalars.ABSOLUTE_PATH.map(Path::of),
                        "directory with the plugins on this machine");
        return ObjectSchema.of(
                v -> new CniSpec.Conflist(v.get(file), v.get(conflist), v.get(binDir)),
                type,
                file,
                conflist,
                binDir);
    }

    private static Field<String> type(String value) {
        return required("type", Scalar.choice(List.of(value), text -> text), value);
    }
}
