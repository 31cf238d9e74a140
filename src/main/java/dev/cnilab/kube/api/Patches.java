package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.http.Request;
import dev.cnilab.kube.patch.ApplyRequest;
import dev.cnilab.kube.patch.JsonPatch;
import dev.cnilab.kube.patch.MergePatch;
import dev.cnilab.kube.patch.ServerSideApply;
import dev.cnilab.kube.patch.StrategicMerge;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** Turns a PATCH request into a change of the object, by its media type. */
final class Patches {
    private static final String APPLY = "application/apply-patch+yaml";

    private final Bodies bodies;
    private final Clock clock;

    Patches(Bodies bodies, Clock clock) {
        this.bodies = bodies;
        this.clock = clock;
    }

    static boolean isApply(Request request) {
        return Bodies.mediaType(request).equals(APPLY);
    }

    UnaryOperator<ObjectNode> of(Target target, Request request) {
        String text = request.body();
        return switch (Bodies.mediaType(request)) {
            case "application/merge-patch+json" -> {
                ObjectNode patch = Bodies.asObject(Bodies.json(text));
                yield live -> MergePatch.apply(live, patch);
            }
            case "application/strategic-merge-patch+json" -> {
                ObjectNode patch = Bodies.asObject(Bodies.json(text));
                yield live -> StrategicMerge.apply(live, patch);
            }
            case "application/json-patch+json" -> {
                JsonNode patch = Bodies.json(text);
                yield live -> JsonPatch.apply(live, patch);
            }
            case APPLY -> {
                ApplyRequest apply = apply(target, request, bodies.yaml(text));
                yield live -> ServerSideApply.apply(live, apply);
            }
            case String _ ->
                    throw Bodies.unsupported(
                            "application/json-patch+json, application/merge-patch+json,"
                                    + " application/strategic-merge-patch+json, "
                                    + APPLY);
        };
    }

    private ApplyRequest apply(Target target, Request request, ObjectNode config) {
        String manager =
                request.parameter("fieldManager")
                        .filter(name -> !name.isBlank())
                        .orElseThrow(() ->
                                new ApiException(
                                        422,
                                        "Invalid",
                                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager:"
                                                + " Required value: is required for apply patch"));
        return new ApplyRequest(
                Admission.fit(target, config),
                manager,
                target.subresource(),
                request.flag("force"),
                ObjectMeta.timestamp(clock.instant()));
    }
}
