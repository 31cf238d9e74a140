package dev.cnilab.cni.plugin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cnilab.base.AtomicFile;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The Java runtime with which the plugin runs without an agent.
 *
 * @param home of the Java installation
 * @param classpath jars, or directories of classes in a build tree
 */
public record JavaRuntime(Path home, List<Path> classpath) {

    private static final String COPY = "jre";

    public JavaRuntime {
        classpath = List.copyOf(classpath);
    }

    /** Returns this process's runtime, with only the jars that the plugin loads. */
    public static JavaRuntime current() {
        return new JavaRuntime(
                Path.of(System.getProperty("java.home")),
                Stream.of(
                                PluginMain.class,
                                ObjectMapper.class,
                                JsonFactory.class,
                                JsonInclude.class)
                        .map(JavaRuntime::origin)
                        .distinct()
                        .toList());
    }

    /**
     * Installs it in the directory. Jars are always copied: this program's may change or disappear.
     * A JDK is used in place. A jlinked runtime is copied too: it is small and inside an image,
     * which the host does not see.
     */
    void installTo(Path directory) throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        List<String> entries = new ArrayList<>();
        for (Path entry : classpath) {
            if (Files.isDirectory(entry)) {
                entries.add(entry.toString());
            } else {
                String name = entry.getFileName().toString();
                AtomicFile.at(lib.resolve(name)).copyFrom(entry);
                entries.add("lib/" + name);
            }
        }
        String java = home.resolve("bin/java").toString();
        if (!Files.exists(home.resolve("bin/javac"))) {
            copyHome(directory.resolve(COPY));
            java = COPY + "/bin/java";
        }
        AtomicFile.at(directory.resolve("runtime"))
                .write("java=" + java + "\nclasspath=" + String.join(":", entries) + "\n");
    }

    private void copyHome(Path target) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path source : (Iterable<Path>) all::iterator) {
                Path copy = target.resolve(home.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(copy);
                } else {
                    AtomicFile.at(copy).copyFrom(source);
                }
            }
        }
    }

    /**
     * Returns the jar or directory that a class comes from; classes from a CDS archive have no code
     * source.
     */
    private static Path origin(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        URL found = Objects.requireNonNull(type.getResource("/" + name), name);
        String url = found.toString();
        return Path.of(
                URI.create(
                        found.getProtocol().equals("jar")
                                ? url.substring("jar:".length(), url.indexOf("!/"))
                                : url.substring(0, url.length() - name.length())));
    }
}
