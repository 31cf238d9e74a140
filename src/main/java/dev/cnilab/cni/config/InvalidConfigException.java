package dev.cnilab.cni.config;

import java.io.IOException;

/**
 * A configuration that can't be used; the message says where, what was expected, what was found.
 */
public final class InvalidConfigException extends IOException {

    public InvalidConfigException(String message) {
        super(message);
    }

    InvalidConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
