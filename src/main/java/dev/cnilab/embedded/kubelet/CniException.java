package dev.cnilab.embedded.kubelet;

import java.io.IOException;

/** A failed setup or check of the pod network: the plugin, the command, and the reason. */
final class CniException extends IOException {

    CniException(String message) {
        super(message);
    }

    CniException(String message, Throwable cause) {
        super(message, cause);
    }
}
