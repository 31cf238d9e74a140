package dev.cnilab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes loaded at a command's start in a pod. The demo is checked by RoomsTest. */
class PodStartTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tool hostname", "tool curl -s -m 1 127.0.0.1:1"})
    void loadsOnlyClassesForNodesAndPods(String words) throws IOException {
        Path log = folder.resolve("classes");
        List<String> java =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log + ":none",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName());
        ExecResult result =
                Command.of(Stream.concat(java.stream(), Stream.of(words.split(" "))).toList())
                        .run(TIMEOUT);

        assertThat(result.stderr()).doesNotContain("NoClassDefFoundError");
        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded).anyMatch(line -> line.startsWith(Main.class.getName() + " "));
        assertThat(loaded)
                .noneMatch(line -> line.startsWith("picocli."))
                .noneMatch(line -> line.startsWith("io.fabric8."))
                .noneMatch(line -> line.startsWith("com.github.dockerjava."))
                .noneMatch(line -> line.startsWith("org.yaml."))
                .noneMatch(line -> line.startsWith("org.jline."));
    }
}
