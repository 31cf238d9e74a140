package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkout and a state directory whose paths have spaces, umlauts and Chinese characters. */
class AnyPathIT {

    private static final Duration LAB = Duration.ofMinutes(8);
    private static final String NAME = "Mein Ordner/ü 网络";

    @TempDir private static Path folder;

    /** Copies the files of a built checkout that ./lab needs. */
    @BeforeAll
    static void copyTheCheckout() throws IOException {
        Path checkout = Files.createDirectories(folder.resolve(NAME));
        for (String part : List.of("lab", ".mvn", "target/lib", "target/lab-0.1.0.jar")) {
            Path target = checkout.resolve(part);
            Files.createDirectories(target.resolveSibling("."));
            copy(Path.of(part), target);
        }
    }

    /** In locales without such characters, and in one that has them. */
    @Test
    void labIsUsedInEachLocale() throws Exception {
        Path state = Files.createDirectories(folder.resolve(NAME).resolve("state"));
        try (Machine machine = Machine.start(state)) {
            Snapshot before = Snapshot.of(machine);

            ok(lab(machine, "C", "up", "flannel-ipip", "--no-verify"));
            ok(lab(machine, "POSIX", "verify", "flannel-ipip", "--step", "^nodes|^pod-to-pod"));
            for (String locale : List.of("C", "POSIX", "C.UTF-8")) {
                ExecResult exec =
                        lab(machine, locale, "exec", "flannel-ipip-worker", "--", "echo", "ü 网络");
                assertThat(exec.stdout()).as(exec.describe()).isEqualTo("ü 网络\n");
            }
            ok(lab(machine, "C", "down", "flannel-ipip"));
            before.assertSameOn(machine);
        }
    }

    private static void ok(ExecResult result) {
        assertThat(result.exitCode()).as(result.describe()).isZero();
    }

    private static ExecResult lab(Machine machine, String locale, String... args)
            throws IOException {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                "env",
                                "LC_ALL=" + locale,
                                "XDG_CACHE_HOME=" + folder.resolve(NAME).resolve("cache"),
                                folder.resolve(NAME).resolve("lab").toString()));
        argv.addAll(List.of(args));
        return Command.await(argv, machine.startProgram(argv), LAB);
    }

    /** With modification times: ./lab rebuilds a program that is older than its sources. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : (Iterable<Path>) all::iterator) {
                Files.copy(
                        source,
                        to.resolve(from.relativize(source).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
