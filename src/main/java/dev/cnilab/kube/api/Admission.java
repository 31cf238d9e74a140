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

/** Checks that an object is what its path says it is, and may be there. */
final class Admission {
    /** RFC 1123 subdomain; RBAC's names may hold colons and capitals, too. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final String SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                    + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /** A cluster without them is none; Kubernetes' NamespaceLifecycle has the same list. */
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private static final Pattern PATH_NAME = Pattern.compile("[^/%]+");
    private static final int MAX_NAME = 253;

    private Admission() {}

    /**
     * Fills in what the path tells: apiVersion, kind, namespace, and the name where there is one. A
     * field that is null is one that is not there, as in Go, whose clients send such.
     *
     * @throws ApiException 400 where the object says otherwise
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
     * Lets a new object in.
     *
     * @throws ApiException 422 for a name that is none, 404 where its namespace is missing, 403
     *     where that is going
     */
    static void create(Store store, Target target, ObjectNode object) {
        String name = ObjectMeta.name(object);
        boolean rbac = target.type().group().equals("rbac.authorization.k8s.io");
        Pattern pattern = rbac ? PATH_NAME : NAME;
        if (!name.isEmpty() && (name.length() > MAX_NAME || !pattern.matcher(name).matches())) {
            throw ApiException.invalid(
                    target.type(),
                    name,
                    List.of(FieldError.invalid("metadata.name", '"' + name + '"', SUBDOMAIN)));
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

    /**
     * Lets an object go.
     *
     * @throws ApiException 403 for a namespace that the cluster cannot be without
     */
    static void delete(ResourceType type, String name) {
        if (type == ResourceType.NAMESPACE && IMMORTAL.contains(name)) {
            throw ApiException.forbidden(type, name, "this namespace may not be deleted");
        }
    }
}
