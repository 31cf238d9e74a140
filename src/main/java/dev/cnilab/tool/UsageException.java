package dev.cnilab.tool;

/** Invalid arguments; the message names them and the usage. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
