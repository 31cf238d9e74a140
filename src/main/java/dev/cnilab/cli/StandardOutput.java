package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.cli.render.Console;
import dev.cnilab.cli.render.ErrorReport;
import dev.cnilab.cli.render.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's stdout. */
final class StandardOutput {

    private static final Path LINK = Path.of("/proc/self/fd/1");

    private StandardOutput() {}

    /**
     * Writes what is left of the output, and reports when any of it could not be written. The
     * reader of a pipe may leave early, as head(1) does, which is no error.
     *
     * @return the exit code: another one in place of success when output was lost
     */
    static int check(int code) throws IOException {
        if (!System.out.checkError()) {
            return code;
        }
        String target =
                Files.isSymbolicLink(LINK) ? Files.readSymbolicLink(LINK).toString() : "closed";
        if (target.startsWith("pipe:") || target.startsWith("socket:")) {
            return code;
        }
        new ErrorReport(Console.of(System.getenv()), false)
                .print(
                        new Failure(
                                Failure.Kind.PROVIDER,
                                "output-lost",
                                "the output could not be written",
                                "stdout is " + target,
                                "free disk space, or redirect the output elsewhere"));
        return code == ExitCode.OK.number() ? ExitCode.OUTPUT.number() : code;
    }
}
