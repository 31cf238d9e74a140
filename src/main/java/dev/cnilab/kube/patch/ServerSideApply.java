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
 * Server-side apply between managers that all apply: fields that a manager no longer applies are
 * removed, a different value of another manager's field is a conflict. Ownership by updates and
 * patches is not tracked.
 */
public final class ServerSideApply {
    private ServerSideApply() {}

    /**
     * Changes {@code live} (an empty object if it does not exist yet) and returns it.
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

    /** The applied fields whose value differs from the live object's. */
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

    /** True for an object with fields: applying an empty one owns its existence, not its fields. */
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

    /** Removes fields that this manager no longer applies and no other one owns. */
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

    /** A path in the format of conflict messages: {@code .spec.containers[name="c"].image}. */
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
