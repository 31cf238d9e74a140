package dev.cnilab.host;

import java.io.IOException;

/**
 * A program that could not be executed. Its message is what a shell prints: {@code nosuch: not
 * found}.
 */
public final class NotExecutableException extends IOException {

    /** POSIX, Shell Command Language, 2.8.2 "Exit Status for Commands". */
    private static final int NOT_FOUND = 127;

    private static final int NOT_EXECUTABLE = 126;

    private final int exitCode;

    private NotExecutableException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    public static NotExecutableException notFound(String program) {
        return new NotExecutableException(program + ": not found", NOT_FOUND);
    }

    public static NotExecutableException permissionDenied(String program) {
        return new NotExecutableException(program + ": permission denied", NOT_EXECUTABLE);
    }

    /** The exit code that a shell gives: 127 if the program does not exist, else 126. */
    public int exitCode() {
        return exitCode;
    }
}
