package dev.cnilab.embedded.kubelet;

import java.io.IOException;

/** A container that cannot be started, with Kubernetes' reason. */
final class ContainerException extends IOException {

    private final String reason;

    ContainerException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Creates the error for a missing or unsupported part of the pod specification. */
    static ContainerException config(String message) {
        return new ContainerException("CreateContainerConfigError", message);
    }

    String reason() {
        return reason;
    }
}
