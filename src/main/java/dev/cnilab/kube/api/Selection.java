package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.FieldSelector;
import dev.cnilab.kube.LabelSelector;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.http.Request;

/** The objects that a request on a collection selects. */
record Selection(String namespace, LabelSelector labels, FieldSelector fields) {

    static Selection of(Target target, Request request) {
        return new Selection(
                target.namespace(),
                LabelSelector.parse(request.parameter("labelSelector").orElse("")),
                FieldSelector.parse(target.type(), request.parameter("fieldSelector").orElse("")));
    }

    boolean matches(ObjectNode object) {
        return (namespace.isEmpty() || namespace.equals(ObjectMeta.namespace(object)))
                && labels.matches(object)
                && fields.matches(object);
    }
}
