package dev.cnilab.kube.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.kube.FieldError;
import dev.cnilab.kube.ObjectMeta;
import dev.cnilab.kube.ResourceType;
import dev.cnilab.kube.schema.Decoding;
import java.util.ArrayList;
import java.util.List;

/** Checks an object as its creation would, without a server. */
public final class ObjectCheck {

    private ObjectCheck() {}

    /** Returns the errors for which its creation would be refused, unknown fields included. */
    public static List<FieldError> errors(ResourceType type, ObjectNode object) {
        List<FieldError> errors = new ArrayList<>(Decoding.errors(type, object));
        errors.addAll(Admission.nameErrors(type, ObjectMeta.name(object)));
        if (errors.isEmpty()) {
            errors.addAll(Validation.errors(type, null, object));
        }
        return errors;
    }
}
