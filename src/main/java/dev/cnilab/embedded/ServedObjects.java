package dev.cnilab.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cnilab.image.ProgramImage;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.api.ObjectCheck;
import dev.cnilab.spec.ManifestObject;
import dev.cnilab.spec.yaml.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks whether the embedded cluster serves what a manifest asks for. */
final class ServedObjects {

    private ServedObjects() {}

    /** Reports what the API would refuse, and images that no node has. */
    static void check(ManifestObject object) {
        String apiVersion = object.content().path("apiVersion").asText();
        String kind = object.content().path("kind").asText();
        Optional<ResourceType> type = ResourceType.ofKind(apiVersion, kind);
        if (type.isEmpty()) {
            object.problem(
                    "kind",
                    "the embedded cluster does not serve " + kind + " of " + apiVersion,
                    unserved(kind));
            return;
        }
        ObjectCheck.errors(type.get(), object.content())
                .forEach(error -> object.problem(error.field(), error.message(), ""));
        podSpec(type.get()).ifPresent(path -> checkImages(object, path));
    }

    private static String unserved(String kind) {
        Map<String, String> served =
                Arrays.stream(ResourceType.values())
                        .collect(Collectors.toMap(ResourceType::kind, ResourceType::apiVersion));
        return served.containsKey(kind)
                ? kind + " is of apiVersion " + served.get(kind)
                : Suggestions.to(kind, served.keySet())
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("the provider kind serves all of Kubernetes");
    }

    private static void checkImages(ManifestObject object, String podSpec) {
        JsonNode spec = object.content().at("/" + podSpec.replace('.', '/'));
        for (String list : List.of("initContainers", "containers")) {
            for (int i = 0; i < spec.path(list).size(); i++) {
                String image = spec.path(list).path(i).path("image").asText();
                if (!image.isEmpty() && !ProgramImage.serves(image)) {
                    object.problem(
                            podSpec + "." + list + "[" + i + "].image",
                            "the embedded cluster runs only the image "
                                    + ProgramImage.REPOSITORY
                                    + ", not '"
                                    + image
                                    + "'",
                            "write ${image}, or choose the provider kind");
                }
            }
        }
    }

    /** Returns the path of the pods' spec in an object of a type; empty if it has none. */
    private static Optional<String> podSpec(ResourceType type) {
        return switch (type) {
            case POD -> Optional.of("spec");
            case DAEMON_SET, DEPLOYMENT, REPLICA_SET -> Optional.of("spec.template.spec");
            case NODE,
                    NAMESPACE,
                    SERVICE,
                    ENDPOINTS,
                    EVENT,
                    CONFIG_MAP,
                    SECRET,
                    SERVICE_ACCOUNT,
                    CONTROLLER_REVISION,
                    LEASE,
                    ENDPOINT_SLICE,
                    CLUSTER_ROLE,
                    CLUSTER_ROLE_BINDING,
                    ROLE,
                    ROLE_BINDING ->
                    Optional.empty();
        };
    }
}
