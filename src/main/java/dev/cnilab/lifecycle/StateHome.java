package dev.cnilab.lifecycle;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The directory with the state of a user's labs.
 *
 * @param path {@code $XDG_STATE_HOME/lab}
 */
public record StateHome(Path path) {

    /** The location of the XDG Base Directory Specification, from the environment. */
    public static StateHome of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "/root");
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = Path.of(state).isAbsolute() ? Path.of(state) : Path.of(home, ".local/state");
        return new StateHome(base.resolve("lab").toAbsolutePath().normalize());
    }

    /**
     * @throws Failure if the name is invalid
     */
    public LabFolder lab(String name) throws Failure {
        if (!LabName.isValid(name)) {
            throw new Failure(
                    Failure.Kind.USAGE, "bad-lab-name", LabName.rule(name), "", LabRecord.LIST);
        }
        return new LabFolder(folders(), name);
    }

    /** All labs with a directory, sorted by name. */
    public List<LabFolder> labs() throws IOException {
        if (!Files.isDirectory(folders())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folders())) {
            return folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .map(folder -> folder.getFileName().toString())
                    .filter(LabName::isValid)
                    .sorted()
                    .map(name -> new LabFolder(folders(), name))
                    .toList();
        }
    }

    private Path folders() {
        return path.resolve("labs");
    }

    /** The sysctl ledger of lab 0.1.0. */
    Path firstReleaseSysctls() {
        return path.resolve("sysctls.json");
    }

    /** Deletes empty directories, up to this one. Repeatable. */
    public void prune() throws IOException {
        try {
            Files.deleteIfExists(folders());
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // Another lab exists, or is just being created.
        }
    }
}
