package dev.cnilab.cluster;

import dev.cnilab.host.NotExecutableException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The messages with which container runtimes report that a program could not be executed: runc
 * (libcontainer's use of Go's exec.LookPath), crun (libcrun/linux.c) and gVisor (user.ResolvePath).
 */
public final class RuntimeMessages {

    private static final Pattern NOT_FOUND =
            Pattern.compile(
                    "executable file .*not found"
                            + "|exec: \".*no such file or directory"
                            + "|error finding executable .*no such file or directory",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern NOT_EXECUTABLE =
            Pattern.compile(
                    "exec: \".*(permission denied|is a directory|exec format error)"
                            + "|open executable: permission denied"
                            + "|executable .*permission denied",
                    Pattern.CASE_INSENSITIVE);

    private RuntimeMessages() {}

    /**
     * Recognizes a program that could not be executed, in a runtime's words or in those of {@link
     * NotExecutableException}, which the embedded cluster reports; empty if the message says
     * something else.
     */
    public static Optional<NotExecutableException> notExecutable(String program, String message) {
        return Stream.of(
                        Map.entry(NOT_FOUND, NotExecutableException.notFound(program)),
                        Map.entry(NOT_EXECUTABLE, NotExecutableException.permissionDenied(program)))
                .filter(each ->
                        each.getKey().matcher(message).find()
                                || message.endsWith(each.getValue().getMessage()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
