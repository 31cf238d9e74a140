package dev.cnilab.spec;

import static dev.cnilab.spec.yaml.Field.defaulting;
import static dev.cnilab.spec.yaml.Field.optional;
import static dev.cnilab.spec.yaml.Field.required;

import dev.cnilab.spec.yaml.Field;
import dev.cnilab.spec.yaml.ListSchema;
import dev.cnilab.spec.yaml.MapSchema;
import dev.cnilab.spec.yaml.ObjectSchema;
import dev.cnilab.spec.yaml.Scalar;
import dev.cnilab.spec.yaml.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The schema of lab files. */
final class LabSchema {

    private static final Duration DEFAULT_BUDGET = Duration.ofSeconds(30);

    private LabSchema() {}

    /**
     * Builds the schema.
     *
     * @param manifests returns a manifest by its name in the file; throws IllegalArgumentException
     */
    static Schema<LabSpec> lab(Function<String, ManifestTemplate> manifests, boolean imagesByTag) {
        var apiVersion = constant("apiVersion", LabSpec.API_VERSION);
        var kind = constant("kind", LabSpec.KIND);
        var metadata = required("metadata", metadata(), "name and description of the lab");
        var host =
                defaulting(
                        "host",
                        ClusterSchemas.host(),
                        new HostSpec(Map.of()),
                        "requirements on the machine");
        var network = required("network", ClusterSchemas.network(), "the network of the nodes");
        var kubernetes =
                required("kubernetes", ClusterSchemas.kubernetes(imagesByTag), "the cluster");
        var nodes = required("nodes", new ListSchema<>(ClusterSchemas.node(), 1), "its nodes");
        var recorder =
                defaulting(
                        "recorder",
                        ClusterSchemas.recorder(),
                        RecorderSpec.DEFAULT,
                        "records the netlink events of one node");
        var cni = required("cni", CniSchemas.cni(), "the CNI");
        var workloads =
                defaulting(
                        "workloads",
                        new ListSchema<>(workload(manifests), 0),
                        List.of(),
                        "objects to create once the nodes are Ready");
        var verify = required("verify", verify(), "verification");
        var walkthrough =
                optional(
                        "walkthrough",
                        Scalars.LINE,
                        "path of the walkthrough file, relative to this file");
        return ObjectSchema.of(
                v ->
                        new LabSpec(
                                v.get(metadata),
                                v.get(host),
                                v.get(network),
                                v.get(kubernetes),
                                v.get(nodes),
                                v.get(recorder),
                                v.get(cni),
                                v.get(workloads),
                                v.get(verify),
                                v.get(walkthrough)),
                apiVersion,
                kind,
                metadata,
                host,
                network,
                kubernetes,
                nodes,
                recorder,
                cni,
                workloads,
                verify,
                walkthrough);
    }

    private static Field<String> constant(String name, String value) {
        return required(name, Scalar.choice(List.of(value), text -> text), value);
    }

    private static Schema<Metadata> metadata() {
        var name = required("name", Scalars.LAB_NAME, "a DNS label; names of nodes start with it");
        var title = required("title", Scalars.LINE, "one line");
        var description = defaulting("description", Scalars.TEXT, "", "some sentences");
        return ObjectSchema.of(
                v -> new Metadata(v.get(name), v.get(title), v.get(description)),
                name,
                title,
                description);
    }

    private static Schema<WorkloadSpec> workload(Function<String, ManifestTemplate> manifests) {
        var manifest =
                required(
                        "manifest",
                        Scalars.LINE.map(manifests),
                        "a bundled manifest's name, or a path relative to this file");
        var values =
                defaulting(
                        "values",
                        new MapSchema<>(
                                Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*"),
                                "a variable's name",
                                Scalar.anything("a value")),
                        Map.of(),
                        "values of the manifest's variables");
        return ObjectSchema.of(
                v -> new WorkloadSpec(v.get(manifest), v.get(values)), manifest, values);
    }

    private static Schema<VerifySpec> verify() {
        var budget = defaulting("budget", Scalars.DURATION, DEFAULT_BUDGET, "timeout of each step");
        var pods = required("pods", podSet(), "the pods to which places and targets refer");
        var steps = required("steps", new ListSchema<>(step(), 1), "in order");
        return ObjectSchema.of(
                v -> {
                    Duration otherwise = v.get(budget);
                    return new VerifySpec(
                            otherwise,
                            v.get(pods).namespace(),
                            v.get(pods).selector(),
                            v.get(steps).stream().map(step -> step.apply(otherwise)).toList());
                },
                budget,
                pods,
                steps);
    }

    private record PodSet(String namespace, Map<String, String> selector) {}

    private static Schema<PodSet> podSet() {
        var namespace = defaulting("namespace", Scalars.DNS_LABEL, "default", "of the pods");
        var selector = required("selector", ProbeSchemas.SELECTOR, "labels of the pods");
        return ObjectSchema.of(
                v -> new PodSet(v.get(namespace), v.get(selector)), namespace, selector);
    }

    /** Builds the schema of a step, which needs the default budget to be complete. */
    private static Schema<Function<Duration, StepSpec>> step() {
        var name = required("name", Scalars.DNS_LABEL, "a DNS label, distinct among the steps");
        var title = required("title", Scalars.LINE, "the claim, one line");
        var command =
                required("command", Scalars.TEMPLATE_LINE, "the tutorial's command; only shown");
        var probe = required("probe", ProbeSchemas.probe(), "the check");
        var budget = optional("budget", Scalars.DURATION, "how long to poll; default: verify's");
        return ObjectSchema.of(
                v ->
                        otherwise ->
                                new StepSpec(
                                        v.get(name),
                                        v.get(title),
                                        v.get(command),
                                        v.get(probe),
                                        v.get(budget).orElse(otherwise)),
                name,
                title,
                command,
                probe,
                budget);
    }
}
