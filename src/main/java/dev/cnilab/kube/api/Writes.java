package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.Defaults;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import dev.cnilab.kube.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Serves create, update, patch and delete. */
final class Writes {
    /**
     * Types whose deletion returns the object instead of a Status: {@code ReturnDeletedObject} of
     * Kubernetes' registry; generated clients rely on it.
     */
    private static final Set<ResourceType> SHOWN_WHEN_GONE =
            Set.of(ResourceType.POD, ResourceType.SERVICE, ResourceType.SERVICE_ACCOUNT);

    private final Store store;
    private final Bodies bodies;
    private final Patches patches;

    Writes(Store store, Bodies bodies, Patches patches) {
        this.store = store;
        this.bodies = bodies;
        this.patches = patches;
    }

    Answer create(Target target, Request request) {
        ObjectNode object = Admission.fit(target, bodies.object(request));
        List<String> warnings = FieldValidation.of(request).check(target.type(), object);
        return create(target, request, object).warning(warnings);
    }

    Answer replace(Target target, Request request) {
        if (target.subresource().equals("scale")) {
            ObjectNode scale = bodies.object(request);
            return Answer.ok(
                    Scale.of(change(target, request, object -> Scale.into(object, scale))));
        }
        ObjectNode wanted = Admission.fit(target, bodies.object(request));
        List<String> warnings = FieldValidation.of(request).check(target.type(), wanted);
        return Answer.ok(
                        change(
                                target,
                                request,
                                live -> valid(target, live, keepManagers(live, wanted))))
                .warning(warnings);
    }

    /** Validates the object, except for its status, which controllers write. */
    private static ObjectNode valid(Target target, ObjectNode live, ObjectNode wanted) {
        if (target.subresource().isEmpty()) {
            Defaults.fill(target.type(), wanted);
            Validation.check(target.type(), live, wanted);
        }
        return wanted;
    }

    private Answer create(Target target, Request request, ObjectNode object) {
        Store into = storeFor(request);
        Admission.create(into, target, object);
        Validation.check(target.type(), null, object);
        return Answer.created(into.create(target.type(), object));
    }

    private static ObjectNode keepManagers(ObjectNode live, ObjectNode wanted) {
        JsonNode managers = live.path("metadata").path("managedFields");
        if (wanted.get("metadata") instanceof ObjectNode metadata
                && !metadata.has("managedFields")
                && managers.isArray()) {
            metadata.set("managedFields", managers);
        }
        return wanted;
    }

    Answer patch(Target target, Request request) {
        if (target.subresource().equals("scale")) {
            UnaryOperator<ObjectNode> patch = patches.of(target, request);
            return Answer.ok(
                    Scale.of(
                            change(
                                    target,
                                    request,
                                    object -> Scale.into(object, patch.apply(Scale.of(object))))));
        }
        UnaryOperator<ObjectNode> patch = patches.of(target, request);
        List<String> warnings = new ArrayList<>();
        FieldValidation validation = FieldValidation.of(request);
        UnaryOperator<ObjectNode> checked =
                live -> {
                    ObjectNode patched = Admission.fit(target, patch.apply(live.deepCopy()));
                    warnings.addAll(validation.check(target.type(), patched));
                    return patched;
                };
        boolean missing = store.get(target.type(), target.namespace(), target.name()).isEmpty();
        if (missing && Patches.isApply(request) && target.subresource().isEmpty()) {
            ObjectNode object = checked.apply(JsonNodeFactory.instance.objectNode());
            return create(target, request, object).warning(warnings);
        }
        return Answer.ok(change(target, request, live -> valid(target, live, checked.apply(live))))
                .warning(warnings);
    }

    private ObjectNode change(Target target, Request request, UnaryOperator<ObjectNode> change) {
        Store into = storeFor(request);
        return target.subresource().equals("status")
                ? into.updateStatus(target.type(), target.namespace(), target.name(), change)
                : into.update(target.type(), target.namespace(), target.name(), change);
    }

    Answer delete(Target target, Request request) {
        DeleteOptions options = DeleteOptions.of(bodies, request);
        ObjectNode object =
                store.get(target.type(), target.namespace(), target.name())
                        .orElseThrow(() -> ApiException.notFound(target.type(), target.name()));
        options.check(target.type(), object);
        Store from = storeFor(request);
        ObjectNode last = delete(from, target.type(), object, options.grace());
        boolean shown =
                SHOWN_WHEN_GONE.contains(target.type())
                        || from.get(target.type(), target.namespace(), target.name()).isPresent();
        return Answer.ok(shown ? last : deleted(target.type(), object));
    }

    /** Deletes a pod; nothing here disrupts a budget. */
    Answer evict(Target target) {
        if (store.delete(target.type(), target.namespace(), target.name()).isEmpty()) {
            throw ApiException.notFound(target.type(), target.name());
        }
        return Answer.created(success().put("code", 201));
    }

    /** Deletes each selected object and returns them as a list. */
    Answer deleteCollection(Target target, Request request, Answer listed) {
        DeleteOptions options = DeleteOptions.of(bodies, request);
        Selection selection = Selection.of(target, request);
        Store from = storeFor(request);
        List<ObjectNode> doomed =
                from.list(target.type()).stream().filter(selection::matches).toList();
        doomed.forEach(object -> delete(from, target.type(), object, options.grace()));
        return listed;
    }

    /** The object after its deletion was marked, or its last state. */
    private static ObjectNode delete(
            Store from, ResourceType type, ObjectNode object, OptionalLong grace) {
        String namespace = ObjectMeta.namespace(object);
        String name = ObjectMeta.name(object);
        Admission.delete(type, name);
        return from.delete(type, namespace, name, grace).orElse(object);
    }

    private static ObjectNode deleted(ResourceType type, ObjectNode object) {
        ObjectNode status = success();
        status.putObject("details")
                .put("name", ObjectMeta.name(object))
                .put("group", type.group())
                .put("kind", type.plural())
                .put("uid", ObjectMeta.uid(object));
        return status;
    }

    private static ObjectNode success() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
        status.putObject("metadata");
        return status;
    }

    /** The store, or with {@code dryRun=All} a copy that is discarded. */
    private Store storeFor(Request request) {
        return request.parameter("dryRun").filter("All"::equals).isPresent() ? store.copy() : store;
    }
}
