package dev.cnilab.embedded.kubelet;

import java.io.IOException;

/** A container that can't be started, with Kubernetes' word for the reason. */
final class ContainerException extends IOException {

    private final String reason;

    ContainerException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What the pod specification asks for is not there, or not offered here. */
    static ContainerException config(String message) {
        return new ContainerException("CreateContainerConfigError", message);
    }

    String reason() {
        return reason;
    }
}
