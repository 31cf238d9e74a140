package dev.cnilab.evidence;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The directory of a report, mode 0700. {@code SHA256SUMS} has the hashes of all its files, for
 * {@code sha256sum -c}; it is written last, so a directory without it is incomplete.
 */
final class EvidenceFolder {

    static final String SUMS = "SHA256SUMS";

    private final Path path;

    private EvidenceFolder(Path path) {
        this.path = path;
    }

    /**
     * @throws Failure if it exists and is not empty
     */
    static EvidenceFolder create(Path path) throws IOException {
        Files.createDirectories(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Stream<Path> files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw new Failure(
                        Failure.Kind.USAGE,
                        "folder-not-empty",
                        path + " is not empty",
                        "",
                        "set another directory with --dir, or remove its files");
            }
        }
        return new EvidenceFolder(path);
    }

    /**
     * @throws Failure if it is not a report's directory
     */
    static EvidenceFolder open(Path path) throws Failure {
        if (!Files.isRegularFile(path.resolve(SUMS))) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "no-evidence",
                    path + " is not a report",
                    "it has no " + SUMS + ", which is written last",
                    "lab report creates one");
        }
        return new EvidenceFolder(path);
    }

    Path path() {
        return path;
    }

    void write(String file, byte[] content) throws IOException {
        Path target = inside(file);
        Files.createDirectories(target.resolveSibling(".").normalize());
        Files.write(target, content);
    }

    void write(String file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    byte[] read(String file) throws IOException {
        try {
            return Files.readAllBytes(inside(file));
        } catch (NoSuchFileException e) {
            throw new IOException("the evidence lacks " + file, e);
        }
    }

    /** Rejects paths outside of the directory, which manipulated evidence could contain. */
    private Path inside(String file) throws IOException {
        Path target = path.resolve(file).normalize();
        if (!target.startsWith(path.normalize())) {
            throw new IOException("'" + file + "' is outside of " + path);
        }
        return target;
    }

    /** The SHA-256 in hexadecimal of every file except {@link #SUMS}, by name. */
    Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(path.resolve(SUMS)))
                    .forEach(file -> hashes.put(path.relativize(file).toString(), hash(file)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return hashes;
    }

    private static String hash(Path file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@link #SUMS}. No file may be written afterwards. */
    void seal() throws IOException {
        StringBuilder sums = new StringBuilder();
        hashes().forEach((file, hash) -> sums.append(hash + "  " + file + "\n"));
        write(SUMS, sums.toString());
    }

    /** The differences to the sealed state, one line each. */
    List<String> damage() throws IOException {
        Map<String, String> sealed = new TreeMap<>();
        for (String line : new String(read(SUMS), StandardCharsets.UTF_8).lines().toList()) {
            String[] words = line.split("  ", 2);
            if (words.length == 2) {
                sealed.put(words[1], words[0]);
            }
        }
        List<String> damage = new ArrayList<>();
        Map<String, String> present = hashes();
        sealed.forEach((file, hash) -> {
            if (!present.containsKey(file)) {
                damage.add(file + " was deleted");
            } else if (!hash.equals(present.get(file))) {
                damage.add(file + " was changed");
            }
        });
        present.keySet().stream()
                .filter(file -> !sealed.containsKey(file))
                .forEach(file -> damage.add(file + " was added"));
        return damage;
    }
}
