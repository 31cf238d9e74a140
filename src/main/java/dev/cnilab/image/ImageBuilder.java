package dev.cnilab.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Builds the image, without an engine or a base image. Layers that rarely change come first, since
 * nodes do not unpack layers they already have.
 */
final class ImageBuilder {

    private static final FileTime MODIFIED =
            FileTime.from(Instant.ofEpochSecond(TarArchive.MODIFIED));

    private static final String HOME = "opt/lab";
    private static final String ARGUMENTS = HOME + "/lab.args";

    private static final String PATH =
            "/opt/lab/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Where the C library looks for the data of {@link ProgramImage#LOCALE}. */
    private static final String LOCALE = "usr/lib/locale/C.utf8";

    private final Installation installation;
    private final Base base;
    private final Path work;
    private final Consumer<String> progress;

    /**
     * Creates a builder.
     *
     * @param work an empty directory
     */
    ImageBuilder(Installation installation, Base base, Path work, Consumer<String> progress) {
        this.installation = installation;
        this.base = base;
        this.work = work;
        this.progress = progress;
    }

    /**
     * Writes the image.
     *
     * @param classList classes of its CDS archive; empty when the archive cannot be created
     * @return the image's ID, in hexadecimal digits
     */
    String build(Optional<Path> classList, String version, String reference, Path archive)
            throws IOException {
        Path home = work.resolve(HOME);
        Path lib = Files.createDirectories(home.resolve("lib"));
        List<Path> jars = jars(lib);
        Path jre = home.resolve("jre");
        progress.accept("linking the Java runtime");
        LinkedRuntime.link(base.jdk(), jre);
        Files.setLastModifiedTime(jre.resolve("lib/modules"), MODIFIED);
        DockerArchive image = new DockerArchive(work);
        image.add("Java runtime, shell, shared objects", system(jre));
        TarArchive libraries = new TarArchive();
        jars.subList(1, jars.size()).forEach(jar -> libraries.copy(inImage(jar), jar));
        image.add("libraries", libraries);
        Optional<Path> classes =
                classList.isEmpty() ? Optional.empty() : Optional.of(home.resolve("classes.jsa"));
        image.add("lab " + version, program(jars, classes));
        if (classes.isPresent()) {
            progress.accept("creating the CDS archive");
            ClassData.dump(jre, jars, classList.get(), classes.get());
            image.add(
                    "loaded classes", new TarArchive().copy(inImage(classes.get()), classes.get()));
        }
        return image.write(base.architecture(), settings(version), reference, archive);
    }

    /** Returns the jars, the program's own first. */
    private List<Path> jars(Path lib) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path entry : NodeClassPath.of(installation.classPath())) {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry)) {
                Path jar = lib.resolve(name + ".jar");
                pack(entry, jar);
                jars.add(jar);
            } else {
                Path jar = lib.resolve(name);
                // As in a class path, the first of a name counts; build trees contain some twice.
                if (Files.notExists(jar)) {
                    jars.add(Files.copy(entry, jar));
                }
            }
        }
        for (Path jar : jars) {
            Files.setLastModifiedTime(jar, MODIFIED);
        }
        return jars;
    }

    /** Packs a build tree's classes into a jar: a CDS archive supports only jars. */
    private static void pack(Path directory, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(directory.relativize(file).toString());
                entry.setLastModifiedTime(MODIFIED);
                out.putNextEntry(entry);
                Files.copy(file, out);
            }
        }
    }

    private TarArchive system(Path jre) throws IOException {
        TarArchive files =
                new TarArchive()
                        .tree(HOME + "/jre", jre)
                        .copy("bin/sh", base.shell())
                        .text(
                                "etc/passwd",
                                "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n",
                                0644)
                        .text("etc/group", "root:x:0:\nnobody:x:65534:\n", 0644)
                        .directory("root", 0700)
                        .directory("run", 0755)
                        .directory("tmp", 01777);
        Path locale = base.root().resolve(LOCALE);
        if (Files.isDirectory(locale)) {
            files.tree(LOCALE, locale);
        }
        List<Path> programs = new ArrayList<>(List.of(base.shell()));
        try (Stream<Path> all = Files.walk(jre)) {
            programs.addAll(all.filter(Files::isRegularFile).toList());
        }
        Set<Path> objects = new SharedObjects(base.root()).neededBy(programs);
        objects.forEach(object -> files.copy(base.root().relativize(object).toString(), object));
        return files;
    }

    private TarArchive program(List<Path> jars, Optional<Path> classes) {
        List<String> arguments = new ArrayList<>(ProgramImage.JVM);
        arguments.addAll(ProgramImage.SMALL);
        classes.ifPresent(file ->
                // A CDS archive that does not match is ignored, without a message in each log.
                arguments.addAll(
                        List.of(
                                "-XX:SharedArchiveFile=/" + inImage(file),
                                "-Xlog:disable",
                                "-Xlog:all=off")));
        arguments.add("-cp");
        arguments.add(
                jars.stream().map(jar -> "/" + inImage(jar)).collect(Collectors.joining(":")));
        arguments.add(ProgramImage.MAIN);
        TarArchive files =
                new TarArchive()
                        .copy(inImage(jars.getFirst()), jars.getFirst())
                        .text(ARGUMENTS, String.join("\n", arguments) + "\n", 0644);
        script(files, "lab", "");
        ProgramImage.PROGRAMS.forEach(tool -> script(files, tool, " tool " + tool));
        return files;
    }

    private static void script(TarArchive files, String name, String arguments) {
        files.text(
                HOME + "/bin/" + name,
                "#!/bin/sh\nexec " + String.join(" ", entrypoint()) + arguments + " \"$@\"\n",
                0755);
    }

    /**
     * Returns the start of the command; java(1) reads the other options from a file, up to the main
     * class.
     */
    private static List<String> entrypoint() {
        return List.of("/" + HOME + "/jre/bin/java", "@/" + ARGUMENTS);
    }

    private String inImage(Path file) {
        return work.relativize(file).toString();
    }

    private static ObjectNode settings(String version) {
        return DockerArchive.settings(
                entrypoint(),
                new TreeMap<>(Map.of("PATH", PATH, "HOME", "/root", "LANG", ProgramImage.LOCALE)),
                new TreeMap<>(
                        Map.of(
                                "org.opencontainers.image.title", "lab",
                                "org.opencontainers.image.description",
                                        "Agent, installer, tools and demo of lab",
                                "org.opencontainers.image.version", version,
                                "org.opencontainers.image.licenses", "Apache-2.0")));
    }
}
