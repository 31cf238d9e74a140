package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.ApiException;
import dev.cnilab.kube.FieldError;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.Store;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks an object against the request's path, and whether it may be created or deleted. */
final class Admission {
    /** RFC 1123 subdomain; names of RBAC objects may also have colons and upper case. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final String SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                    + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /** Namespaces that cannot be deleted, as in Kubernetes' NamespaceLifecycle admission plugin. */
    private static final Set<String> UNDELETABLE_NAMESPACES =
            Set.of("default", "kube-system", "kube-public");

    private static final Pattern PATH_NAME = Pattern.compile("[^/%]+");
    private static final int MAX_NAME = 253;

    private Admission() {}

    /**
     * Fills in apiVersion, kind, namespace and name (if any) from the path. A null field counts as
     * absent: Go's clients send nulls.
     *
     * @throws ApiException 400 if the object contradicts the path
     */
    static ObjectNode fit(Target target, ObjectNode object) {
        ResourceType type = target.type();
        dropNulls(object);
        agree(
                object,
                "apiVersion",
                type.apiVersion(),
                "the API version in the data (%s) does not match the expected API version (%s)");
        agree(
                object,
                "kind",
                type.kind(),
                "the kind in the data (%s) does not match the expected kind (%s)");
        ObjectNode metadata =
                object.get("metadata") instanceof ObjectNode there
                        ? there
                        : object.putObject("metadata");
        if (type.namespaced()) {
            agree(
                    metadata,
                    "namespace",
                    target.namespace(),
                    "the namespace of the provided object (%s) does not match the namespace sent on the request (%s)");
        }
        if (!target.collection()) {
            agree(
                    metadata,
                    "name",
                    target.name(),
                    "the name of the object (%s) does not match the name on the URL (%s)");
        }
        return object;
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeIf(JsonNode::isNull);
        }
        node.forEach(Admission::dropNulls);
    }

    private static void agree(ObjectNode object, String field, String expected, String message) {
        String there = object.path(field).asText("");
        if (!there.isEmpty() && !there.equals(expected)) {
            throw ApiException.badRequest(message.formatted(there, expected));
        }
        object.put(field, expected);
    }

    /**
     * Admits a new object.
     *
     * @throws ApiException 422 for an invalid name, 404 if its namespace does not exist, 403 if the
     *     namespace is being deleted
     */
    static void create(Store store, Target target, ObjectNode object) {
        String name = ObjectMeta.name(object);
        List<FieldError> errors = nameErrors(target.type(), name);
        if (!errors.isEmpty()) {
            throw ApiException.invalid(target.type(), name, errors);
        }
        if (target.type().namespaced()) {
            Optional<ObjectNode> namespace =
                    store.get(ResourceType.NAMESPACE, "", target.namespace());
            if (namespace.isEmpty()) {
                throw ApiException.notFound(ResourceType.NAMESPACE, target.namespace());
            }
            if (ObjectMeta.deleting(namespace.get())) {
                throw new ApiException(
                        403,
                        "Forbidden",
                        "unable to create new content in namespace %s because it is being terminated"
                                .formatted(target.namespace()));
            }
        }
    }

    static List<FieldError> nameErrors(ResourceType type, String name) {
        boolean rbac = type.group().equals("rbac.authorization.k8s.io");
        Pattern pattern = rbac ? PATH_NAME : NAME;
        return name.isEmpty() || name.length() <= MAX_NAME && pattern.matcher(name).matches()
                ? List.of()
                : List.of(FieldError.invalid("metadata.name", '"' + name + '"', SUBDOMAIN));
    }

    /**
     * Admits a deletion.
     *
     * @throws ApiException 403 for a namespace that cannot be deleted
     */
    static void delete(ResourceType type, String name) {
        if (type == ResourceType.NAMESPACE && UNDELETABLE_NAMESPACES.contains(name)) {
            throw ApiException.forbidden(type, name, "this namespace may not be deleted");
        }
    }
}
