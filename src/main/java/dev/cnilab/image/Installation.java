package dev.cnilab.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The installed program, from which images are built.
 *
 * @param javaHome of the JDK that runs it
 * @param classPath jars, and directories of classes in a build tree
 */
public record Installation(Path javaHome, List<Path> classPath) {

    private static final int IDENTITY_LENGTH = 12;

    public Installation {
        classPath = List.copyOf(classPath);
    }

    /** Returns the running program's installation. */
    public static Installation current() throws IOException {
        Set<Path> entries = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            add(Path.of(entry).toAbsolutePath().normalize(), entries);
        }
        return new Installation(Path.of(System.getProperty("java.home")), List.copyOf(entries));
    }

    /** Adds an entry and the jars in its manifest's Class-Path, as the class loader does. */
    private static void add(Path entry, Set<Path> entries) throws IOException {
        if (Files.notExists(entry) || !entries.add(entry) || Files.isDirectory(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String more =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String name : more == null ? List.<String>of() : List.of(more.split(" "))) {
                add(entry.resolveSibling(name).normalize(), entries);
            }
        }
    }

    /** Returns a hash of this installation: its JDK and the content of its classes. */
    public String identity() throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(javaHome.resolve("release"), out);
            for (Path file : files()) {
                Files.copy(file, out);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, IDENTITY_LENGTH);
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path entry : classPath) {
            try (Stream<Path> all = Files.walk(entry)) {
                files.addAll(all.filter(Files::isRegularFile).sorted().toList());
            }
        }
        return files;
    }
}
