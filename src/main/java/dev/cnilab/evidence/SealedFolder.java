package dev.cnilab.evidence;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A report's directory, possibly from another machine and manipulated. It is read inside itself
 * only: files by the names in {@code SHA256SUMS}, and never through a symbolic link.
 *
 * @param sealed the hashes in {@code SHA256SUMS}, by file
 * @param present the hashes of the regular files, by file
 */
record SealedFolder(Path path, Map<String, String> sealed, Map<String, String> present) {

    /** What {@link #hashes} has for what is neither file nor directory. */
    private static final String IRREGULAR = "";

    SealedFolder {
        sealed = Map.copyOf(sealed);
        present = Map.copyOf(present);
    }

    /**
     * @throws Failure if it is not a report's directory
     */
    static SealedFolder open(Path folder) throws IOException {
        Path sums = folder.resolve(EvidenceFolder.SUMS);
        if (!Files.isRegularFile(sums, LinkOption.NOFOLLOW_LINKS)) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    "no-evidence",
                    folder + " is not a report",
                    "it has no " + EvidenceFolder.SUMS + ", which is written last",
                    "lab report creates one");
        }
        Map<String, String> sealed = new TreeMap<>();
        // Names may have bytes that are not UTF-8: such a file was not written by lab.
        new String(bytes(sums), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("  ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> sealed.put(words[1], words[0]));
        Path real = folder.toRealPath();
        return new SealedFolder(real, sealed, hashes(real));
    }

    /**
     * The content of a file, also if it was changed.
     *
     * @throws NoSuchFileException if it is not part of the evidence
     */
    byte[] read(String file) throws IOException {
        if (!sealed.containsKey(file) || present.getOrDefault(file, IRREGULAR).equals(IRREGULAR)) {
            throw new NoSuchFileException("the evidence lacks " + file);
        }
        return bytes(path.resolve(file));
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readAllBytes();
        }
    }

    /** The differences to the sealed state, one line each. */
    List<String> damage() {
        List<String> damage = new ArrayList<>();
        new TreeMap<>(sealed)
                .forEach((file, hash) -> {
                    if (!present.containsKey(file)) {
                        damage.add(file + " was deleted");
                    } else if (!hash.equals(present.get(file))) {
                        damage.add(file + " was changed");
                    }
                });
        new TreeMap<>(present)
                .keySet().stream()
                        .filter(file -> !sealed.containsKey(file))
                        .forEach(file -> damage.add(file + " was added"));
        return damage;
    }

    /**
     * The SHA-256 in hexadecimal of every file of a directory except {@code SHA256SUMS}, by name;
     * {@link #IRREGULAR} for symbolic links and devices, which are not read.
     */
    static Map<String, String> hashes(Path folder) throws IOException {
        Path sums = folder.resolve(EvidenceFolder.SUMS);
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.equals(sums))
                    .forEach(file -> hashes.put(folder.relativize(file).toString(), hash(file)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return hashes;
    }

    private static String hash(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return IRREGULAR;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
