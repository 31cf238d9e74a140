package dev.cnilab.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Server-side apply as far as appliers meet appliers: what a manager no longer applies goes, what
 * another manager applied and has another value is a conflict. Changes by other means than apply
 * are not tracked.
 */
public final class ServerSideApply {
    private ServerSideApply() {}

    /**
     * Changes {@code live}, an empty object where it is still to be created, and gives it back.
     *
     * @throws ApiException 409 Conflict, naming each manager and field
     */
    public static ObjectNode apply(ObjectNode live, ApplyRequest request) {
        ObjectNode config = request.config().deepCopy();
        if (config.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        FieldSet applied = FieldSet.of(config);
        List<ManagedFields> others = new ArrayList<>(ManagedFields.read(live));
        ManagedFields before =
                others.stream()
                        .filter(entry -> entry.of(request))
                        .findFirst()
                        .orElseGet(() -> first(request, config));
        others.removeIf(entry -> entry.of(request));

        Set<List<String>> changed = changed(live, config, applied);
        if (!request.force()) {
            refuseConflicts(others, changed);
        }
        others.replaceAll(entry -> entry.with(entry.fields().minus(changed)));
        others.removeIf(entry -> entry.fields().paths().isEmpty());

        ObjectNode merged = StrategicMerge.apply(live, config);
        removeLeft(merged, before.fields().minus(applied.paths()), others);
        others.add(now(before, request, applied));
        ObjectNode metadata =
                merged.get("metadata") instanceof ObjectNode there
                        ? there
                        : merged.putObject("metadata");
        metadata.set("managedFields", ManagedFields.write(others));
        return merged;
    }

    private static ManagedFields first(ApplyRequest request, ObjectNode config) {
        return new ManagedFields(
                request.manager(),
                request.subresource(),
                config.path("apiVersion").asText(),
                request.time(),
                new FieldSet(Set.of()));
    }

    private static ManagedFields now(ManagedFields before, ApplyRequest request, FieldSet applied) {
        return before.fields().sameAs(applied)
                ? before
                : new ManagedFields(
                        request.manager(),
                        request.subresource(),
                        request.config().path("apiVersion").asText(),
                        request.time(),
                        applied);
    }

    /** The applied fields whose value is another one than the object has. */
    private static Set<List<String>> changed(ObjectNode live, ObjectNode config, FieldSet applied) {
        Set<List<String>> changed = new LinkedHashSet<>();
        for (List<String> path : applied.paths()) {
            JsonNode there = FieldPath.find(live, path);
            boolean container = path.getLast().equals(".") || filled(there);
            if (!container
                    && !there.isMissingNode()
                    && !there.equals(FieldPath.find(config, path))) {
                changed.add(path);
            }
        }
        return changed;
    }

    /** True of an object with fields: who applied it empty owns that it is there, not them. */
    private static boolean filled(JsonNode node) {
        return node.isObject() && !node.isEmpty();
    }

    private static void refuseConflicts(List<ManagedFields> others, Set<List<String>> changed) {
        List<String> conflicts = new ArrayList<>();
        for (ManagedFields other : others) {
            for (List<String> path : other.fields().paths()) {
                if (changed.contains(path)) {
                    conflicts.add(
                            "conflict with \"%s\": %s".formatted(other.manager(), render(path)));
                }
            }
        }
        if (!conflicts.isEmpty()) {
            throw new ApiException(
                    409,
                    "Conflict",
                    "Apply failed with %d conflict%s: %s"
                            .formatted(
                                    conflicts.size(),
                                    conflicts.size() == 1 ? "" : "s",
                                    String.join("; ", conflicts)));
        }
    }

    /** Takes out what this manager no longer applies and nobody else does. */
    private static void removeLeft(ObjectNode merged, FieldSet left, List<ManagedFields> others) {
        for (List<String> path : left.paths()) {
            boolean item = path.getLast().equals(".");
            List<String> owned = item ? path.subList(0, path.size() - 1) : path;
            boolean free = others.stream().noneMatch(other -> other.fields().touches(owned));
            if (free && (item || !filled(FieldPath.find(merged, path)))) {
                FieldPath.remove(merged, path);
            }
        }
    }

    /** As conflict messages write a path: {@code .spec.containers[name="c"].image}. */
    private static String render(List<String> path) {
        return path.stream()
                .map(step ->
                        switch (step.substring(0, Math.min(2, step.length()))) {
                            case "f:" -> "." + step.substring(2);
                            case "k:", "v:" -> "[" + step.substring(2) + "]";
                            default -> "";
                        })
                .collect(Collectors.joining());
    }
}
