package dev.cnilab.embedded.kubelet;

import java.io.IOException;

/** The pod network could not be set up or checked: which plugin, which command, and why. */
final class CniException extends IOException {

    CniException(String message) {
        super(message);
    }

    CniException(String message, Throwable cause) {
        super(message, cause);
    }
}
