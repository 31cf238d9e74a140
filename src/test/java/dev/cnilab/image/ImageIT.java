package dev.cnilab.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cnilab.host.Command;
import dev.cnilab.host.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The image of the classes under test, unpacked, with its programs run in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageIT {

    private Path temp = Path.of("");
    private BuiltImage image = new BuiltImage(Path.of(""), "", "", Architecture.AMD64, 0);
    private Path root = Path.of("");
    private JsonNode settings = MissingNode.getInstance();

    @BeforeAll
    void build(@TempDir Path temp) throws IOException {
        this.temp = temp;
        image = cache().image(message -> {});
        root = Files.createDirectory(temp.resolve("root"));
        Files.createDirectory(root.resolve("proc"));
        Path unpacked = Files.createDirectory(temp.resolve("unpacked"));
        run("tar", "-xf", image.archive().toString(), "-C", unpacked.toString());
        JsonNode manifest = new ObjectMapper().readTree(unpacked.resolve("manifest.json").toFile());
        settings =
                new ObjectMapper()
                        .readTree(
                                unpacked.resolve(manifest.path(0).path("Config").asText()).toFile())
                        .path("config");
        for (JsonNode layer : manifest.path(0).path("Layers")) {
            run("tar", "-xf", unpacked.resolve(layer.asText()).toString(), "-C", root.toString());
        }
    }

    private ImageCache cache() throws IOException {
        Installation all = Installation.current();
        List<Path> classPath = new ArrayList<>();
        for (Path entry : all.classPath()) {
            if (Files.isRegularFile(entry) || Files.exists(entry.resolve("labs"))) {
                classPath.add(entry);
            }
        }
        classPath.sort((one, other) ->
                Boolean.compare(Files.isRegularFile(one), Files.isRegularFile(other)));
        return new ImageCache(
                temp.resolve("cache"), new Installation(all.javaHome(), classPath), "test");
    }

    @Test
    void toolsRunInTheImageAlone() throws IOException {
        assertThat(inside("hostname")).isEqualTo(run("hostname"));
        assertThat(inside("route", "-n")).startsWith("Kernel IP routing table");
        assertThat(inside("sh", "-c", "lab tool hostname; echo $?"))
                .isEqualTo(run("hostname") + "0\n");
    }

    @Test
    void everyToolIsInPath() throws IOException {
        try (Stream<Path> programs = Files.list(root.resolve("opt/lab/bin"))) {
            assertThat(programs.map(file -> file.getFileName().toString()))
                    .contains("lab", "ip", "curl", "ping", "capture")
                    .hasSize(ProgramImage.PROGRAMS.size() + 1);
        }
    }

    /** The training run shows that they suffice: it has no others. This is its list of classes. */
    @Test
    void everyLibraryIsLoadedByNodes() throws IOException {
        Set<String> loaded = new HashSet<>();
        try (Stream<Path> files = Files.list(temp.resolve("cache"))) {
            Path list =
                    files.filter(file -> file.toString().endsWith(".classlist"))
                            .findFirst()
                            .orElseThrow();
            for (String line : Files.readAllLines(list)) {
                loaded.add(line.split(" ", 2)[0] + ".class");
            }
        }
        try (Stream<Path> jars = Files.list(root.resolve("opt/lab/lib"))) {
            List<Path> all = jars.toList();
            assertThat(all).hasSizeGreaterThan(10);
            for (Path jar : all) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    assertThat(file.stream().map(JarEntry::getName).anyMatch(loaded::contains))
                            .as(jar.getFileName().toString())
                            .isTrue();
                }
            }
        }
    }

    /** In the locale C, a container's default, a JVM decodes names and arguments as ASCII. */
    @Test
    void namesAndArgumentsAreUtf8() throws IOException {
        assertThat(settings.path("Env")).extracting(JsonNode::asText).contains("LANG=C.UTF-8");
        assertThat(
                        inside(
                                "sh",
                                "-c",
                                "LANG=C.UTF-8 exec /opt/lab/jre/bin/java -XshowSettings:properties -version 2>&1"))
                .contains("sun.jnu.encoding = UTF-8");
    }

    @Test
    void theCdsArchiveMatchesTheUnpackedImage() throws IOException {
        List<String> arguments = Files.readAllLines(root.resolve("opt/lab/lab.args"));
        String classPath = arguments.get(arguments.indexOf("-cp") + 1);

        assertThat(
                        inside(
                                "/opt/lab/jre/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:SharedArchiveFile=/opt/lab/classes.jsa",
                                "-Xshare:on",
                                "-Xlog:class+load",
                                "-cp",
                                classPath,
                                ProgramImage.MAIN,
                                "tool",
                                "hostname"))
                .containsPattern("dev.cnilab.tool.Toolbox source: shared objects file");
    }

    /** Compares all but the CDS archive, whose bytes the JVM may vary. */
    @Test
    void reusesTheImageAndRebuildsItReproducibly() throws IOException {
        assertThat(cache().image(message -> {})).isEqualTo(image);
        List<String> before = digests(image);
        Files.delete(image.archive());

        BuiltImage again = cache().image(message -> {});

        assertThat(again.reference()).isEqualTo(image.reference());
        List<String> after = digests(again);
        assertThat(after).hasSameSizeAs(before);
        // The configuration contains the layers' digests.
        after.removeAll(before);
        assertThat(after).hasSizeLessThanOrEqualTo(2);
    }

    /**
     * Returns the digests of layers and configuration, which are the names of the archive's files.
     */
    private static List<String> digests(BuiltImage built) throws IOException {
        return run("tar", "-tf", built.archive().toString())
                .lines()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private String inside(String... argv) throws IOException {
        // The dynamic linker resolves $ORIGIN through /proc.
        String enter = "mount --rbind /proc \"$0/proc\" && exec chroot \"$0\" \"$@\"";
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "-rm",
                                "env",
                                "-i",
                                "PATH=/opt/lab/bin:/usr/sbin:/usr/bin:/bin",
                                "sh",
                                "-c",
                                enter,
                                root.toString()));
        command.addAll(List.of(argv));
        return run(command.toArray(String[]::new));
    }

    private static String run(String... argv) throws IOException {
        ExecResult result = Command.of(argv).run(Duration.ofMinutes(1));
        assertThat(result.ok()).as(result.describe()).isTrue();
        return result.stdout();
    }
}
