package dev.cnilab.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.spec.yaml.Problems;
import dev.cnilab.spec.yaml.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks that the workloads' manifests are complete and consistent with each other and the
 * verification.
 */
final class ManifestChecks {

    private final LabSpec lab;
    private final Problems problems;
    private boolean readable = true;

    /** Objects of each workload, in their order. */
    private final List<List<ObjectNode>> objects = new ArrayList<>();

    private ManifestChecks(LabSpec lab, Problems problems) {
        this.lab = lab;
        this.problems = problems;
    }

    static void check(LabSpec lab, Problems problems) {
        ManifestChecks checks = new ManifestChecks(lab, problems);
        checks.parse();
        // What an unreadable manifest contains is unknown.
        if (checks.readable) {
            checks.checkServices();
            checks.checkVerification();
        }
    }

    private void parse() {
        Manifests manifests = new Manifests(lab, "image");
        for (WorkloadSpec workload : lab.workloads()) {
            String path = "workloads[" + objects.size() + "]";
            Set<String> variables = workload.manifest().template().variables();
            for (String name : new TreeSet<>(workload.values().keySet())) {
                if (!variables.contains(name)) {
                    problems.at(
                            path + ".values." + name,
                            "manifest '"
                                    + workload.manifest().name()
                                    + "' has no variable '"
                                    + name
                                    + "'",
                            Suggestions.hint(name, variables));
                }
            }
            objects.add(objects(manifests, workload, path));
        }
    }

    private List<ObjectNode> objects(Manifests manifests, WorkloadSpec workload, String path) {
        int before = problems.all().size();
        List<ObjectNode> read = List.of();
        try {
            read =
                    manifests.objects(workload, problems).stream()
                            .map(ManifestObject::content)
                            .toList();
        } catch (IllegalArgumentException e) {
            problems.at(path + ".manifest", String.valueOf(e.getMessage()), "");
        }
        readable &= problems.all().size() == before;
        return read;
    }

    private void checkServices() {
        for (int i = 0; i < objects.size(); i++) {
            for (ObjectNode object : objects.get(i)) {
                JsonNode selector = object.path("spec").path("selector");
                if (isService(object) && !selector.isEmpty() && !selects(object, selector)) {
                    problems.at(
                            "workloads[" + i + "].manifest",
                            "the Service '"
                                    + name(object)
                                    + "' selects "
                                    + selector
                                    + ", which no workload's pods have",
                            "it would have no endpoints");
                }
            }
        }
    }

    private void checkVerification() {
        Set<String> services = new TreeSet<>();
        all().stream().filter(ManifestChecks::isService).forEach(s -> services.add(name(s)));
        List<StepSpec> steps = lab.verify().steps();
        for (int i = 0; i < steps.size(); i++) {
            Optional<String> service = service(steps.get(i).probe());
            if (service.isPresent() && !services.contains(service.get())) {
                problems.at(
                        "verify.steps[" + i + "].probe.http.to",
                        "no workload has a Service '" + service.get() + "'",
                        Suggestions.hint(service.get(), services));
            }
        }
        VerifySpec verify = lab.verify();
        boolean found =
                all().stream()
                        .filter(o -> namespace(o).equals(verify.namespace()))
                        .anyMatch(o -> carries(o, verify.selector()));
        if (!found) {
            problems.at(
                    "verify.pods.selector",
                    "no workload's pods in the namespace "
                            + verify.namespace()
                            + " carry "
                            + verify.selector(),
                    "steps would have no pods to check");
        }
    }

    private static Optional<String> service(ProbeSpec probe) {
        return probe instanceof ProbeSpec.Http http
                ? switch (http.to()) {
                    case ProbeSpec.HttpTarget.EachPod _ -> Optional.empty();
                    case ProbeSpec.HttpTarget.ClusterIp(String name) -> Optional.of(name);
                    case ProbeSpec.HttpTarget.NodePort(String name) -> Optional.of(name);
                    case ProbeSpec.HttpTarget.OwnService(String name) -> Optional.of(name);
                }
                : Optional.empty();
    }

    private boolean selects(ObjectNode service, JsonNode selector) {
        Map<String, String> labels = new HashMap<>();
        selector.properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
        return all().stream()
                .filter(o -> namespace(o).equals(namespace(service)))
                .anyMatch(o -> carries(o, labels));
    }

    /** Checks whether an object is a pod with these labels, or a controller of such pods. */
    private static boolean carries(ObjectNode object, Map<String, String> selector) {
        JsonNode pod =
                object.path("kind").asText().equals("Pod")
                        ? object
                        : object.path("spec").path("template");
        JsonNode labels = pod.path("metadata").path("labels");
        return selector.entrySet().stream()
                .allMatch(e -> e.getValue().equals(labels.path(e.getKey()).asText()));
    }

    private List<ObjectNode> all() {
        return objects.stream().flatMap(List::stream).toList();
    }

    private static boolean isService(ObjectNode object) {
        return object.path("kind").asText().equals("Service");
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static String namespace(ObjectNode object) {
        return object.path("metadata").path("namespace").asText("default");
    }
}
