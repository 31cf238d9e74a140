package dev.cnilab.evidence;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The directory of a report while it is written, mode 0700. {@code SHA256SUMS} has the hashes of
 * all its files, for {@code sha256sum -c}; it is written last, so a directory without it is
 * incomplete. {@link SealedFolder} reads it.
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

    /** Rejects paths outside of the directory. */
    private Path inside(String file) throws IOException {
        Path target = path.resolve(file).normalize();
        if (!target.startsWith(path.normalize())) {
            throw new IOException("'" + file + "' is outside of " + path);
        }
        return target;
    }

    /** The SHA-256 in hexadecimal of every file except {@link #SUMS}, by name. */
    Map<String, String> hashes() throws IOException {
        return SealedFolder.hashes(path);
    }

    /** Writes {@link #SUMS}. No file may be written afterwards. */
    void seal() throws IOException {
        StringBuilder sums = new StringBuilder();
        hashes().forEach((file, hash) -> sums.append(hash + "  " + file + "\n"));
        write(SUMS, sums.toString());
    }
}
