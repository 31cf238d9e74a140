package dev.cnilab.cni.config;

import java.io.IOException;

/** An invalid configuration; the message has the position, the expected and the actual value. */
public final class InvalidConfigException extends IOException {

    public InvalidConfigException(String message) {
        super(message);
    }

    InvalidConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
