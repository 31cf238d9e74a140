package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root runs nothing from a cache that another user can write, as under {@code sudo -E}. */
class CacheDirectoryIT {

    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final int USER = 65534;
    private static final Path ROOTS = Path.of("/var/cache/lab");

    /** Absolute and without symbolic links. */
    private Path home;

    @BeforeEach
    void resolve(@TempDir Path folder) throws IOException {
        home = folder.toRealPath();
    }

    @Test
    void rootUsesItsOwnCache() throws IOException {
        assertThat(chosen(List.of())).isEqualTo(home.resolve(".cache/lab"));
        Files.createDirectories(home.resolve(".cache/lab"));
        assertThat(chosen(List.of())).isEqualTo(home.resolve(".cache/lab"));
    }

    @Test
    void rootDoesNotUseAUsersHome() throws IOException {
        own(home);
        assertThat(chosen(List.of())).isEqualTo(ROOTS);
    }

    @Test
    void rootDoesNotUseAUsersCache() throws IOException {
        own(Files.createDirectories(home.resolve(".cache/lab")));
        assertThat(chosen(List.of())).isEqualTo(ROOTS);
    }

    @Test
    void rootDoesNotUseADirectoryThatOthersCanWrite() throws IOException {
        for (String mode : List.of("rwxrwxr-x", "rwxr-xrwx")) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(mode));
            assertThat(chosen(List.of())).as(mode).isEqualTo(ROOTS);
        }
    }

    /** The link may be redirected at any time; what it leads to now is used. */
    @Test
    void linksAreResolved() throws IOException {
        Path target = Files.createDirectory(home.resolve("target"));
        Files.createSymbolicLink(home.resolve(".cache"), target);
        assertThat(chosen(List.of())).isEqualTo(target.resolve("lab"));
        own(target);
        assertThat(chosen(List.of())).isEqualTo(ROOTS);
    }

    @Test
    void userUsesTheirCache() throws IOException {
        own(home);
        String user = Integer.toString(USER);
        assertThat(chosen(List.of("setpriv", "--reuid=" + user, "--clear-groups")))
                .isEqualTo(home.resolve(".cache/lab"));
    }

    @Test
    void unsetHomeIsRoots() throws IOException {
        assertThat(chosen(List.of("env", "-u", "HOME"))).isEqualTo(Path.of("/root/.cache/lab"));
    }

    /** Without any cache that it may use, lab only starts more slowly. */
    @Test
    void launcherLeavesAUsersCacheAlone(@TempDir Path state) throws Exception {
        own(home);
        try (Machine machine = Machine.start(state)) {
            machine.run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", "/var/cache");
            List<String> argv = new ArrayList<>(List.of("env", "-u", "XDG_CACHE_HOME"));
            argv.add("HOME=" + home);
            argv.addAll(Launcher.argv("version"));
            ExecResult version = Command.await(argv, machine.startProgram(argv), LIMIT);
            assertThat(version.exitCode()).as(version.describe()).isZero();
        }
        assertThat(home).isEmptyDirectory();
    }

    private static void own(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", USER);
    }

    private Path chosen(List<String> wrapper) throws IOException {
        // Not by its path: the checkout may be in a home that only root may search.
        String functions = Files.readString(Path.of(".mvn/cache-dir.sh"));
        List<String> argv = new ArrayList<>(wrapper);
        argv.addAll(List.of("sh", "-eu", "-c", functions + "cache_dir; echo \"$LAB_CACHE\""));
        ExecResult result =
                Command.of(argv)
                        .withEnvironment(Map.of("HOME", home.toString(), "XDG_CACHE_HOME", ""))
                        .run(LIMIT);
        assertThat(result.ok()).as(result.describe()).isTrue();
        return Path.of(result.stdout().strip());
    }
}
