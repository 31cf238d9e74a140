package dev.cnilab.lifecycle;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where all labs of one user keep their state.
 *
 * @param path {@code $XDG_STATE_HOME/lab}
 */
public record StateHome(Path path) {

    /** The XDG Base Directory Specification's place, from the environment. */
    public static StateHome of(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "/root");
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = Path.of(state).isAbsolute() ? Path.of(state) : Path.of(home, ".local/state");
        return new StateHome(base.resolve("lab"));
    }

    public LabFolder lab(String name) {
        return new LabFolder(path.resolve("labs").resolve(name));
    }

    /** Every lab that has a folder, by name. */
    public List<LabFolder> labs() throws IOException {
        Path labs = path.resolve("labs");
        if (!Files.isDirectory(labs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(labs)) {
            return folders.filter(Files::isDirectory).sorted().map(LabFolder::new).toList();
        }
    }

    public SysctlLedger sysctls() {
        return new SysctlLedger(path.resolve("sysctls.json"));
    }

    /** Takes the directories away that hold nothing any more, up to this one. Repeatable. */
    public void prune() throws IOException {
        try {
            Files.deleteIfExists(path.resolve("labs"));
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // Another lab is there, or comes just now.
        }
    }
}
