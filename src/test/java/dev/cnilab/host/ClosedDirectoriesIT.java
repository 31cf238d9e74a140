package dev.cnilab.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a process of another user reaches below directories of mode 0700. */
class ClosedDirectoriesIT {

    private static final NetNamespace HERE = NetNamespace.ofProcess(ProcessHandle.current().pid());
    private static final int NOBODY = 65534;

    @TempDir private Path directory;

    /** In each order, since one closed directory is in what is kept of the other. */
    @Test
    void filesAtBothDepthsOfNestedDirectoriesAreSeen() throws IOException {
        Path outer = Files.createDirectories(directory.resolve("outer"));
        Path open = Files.createDirectories(outer.resolve("ü 网络"));
        Path inner = Files.createDirectories(open.resolve("inner"));
        Path upper = Files.writeString(open.resolve("upper"), "1");
        Path lower = Files.writeString(inner.resolve("lower"), "2");
        Files.writeString(inner.resolve("secret"), "3");
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(outer, PosixFilePermissions.fromString("rwx------"));

        for (List<Path> needed : List.of(List.of(upper, lower), List.of(lower, upper))) {
            assertThat(cat(needed, upper, lower).stdout()).isEqualTo("12");
            assertThat(cat(needed, inner.resolve("secret")).stderr())
                    .contains("No such file or directory");
        }
    }

    private static ExecResult cat(List<Path> needed, Path... files) throws IOException {
        ProcessPrivileges nobody =
                new ProcessPrivileges(
                        NOBODY,
                        NOBODY,
                        List.of(),
                        Set.of(),
                        true,
                        ProcessPrivileges.SystemCalls.RUNTIME_DEFAULT);
        List<String> argv = new ArrayList<>(List.of("cat"));
        for (Path file : files) {
            argv.add(file.toString());
        }
        Process process =
                new NamespacedProcess(
                                HERE,
                                List.of(),
                                "",
                                Optional.of(new Confinement(nobody, false, needed, Path.of("/"))))
                        .start(Command.of(argv));
        return Command.await(argv, process, Duration.ofSeconds(10));
    }
}
