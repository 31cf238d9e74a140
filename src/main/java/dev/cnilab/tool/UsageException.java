package dev.cnilab.tool;

/** Arguments that a command does not understand; the message says which and what it takes. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
