package dev.cnilab.lifecycle;

import dev.cnilab.host.FileTree;
import dev.cnilab.host.LockFile;
import dev.cnilab.spec.LabName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where one lab keeps its state: its spec as it was brought up, the journal, keys, logs, the files
 * of its nodes. Only its owner can look inside. It is always a direct child of the folder of all
 * labs, whatever a user gives for a name.
 *
 * @param labs {@code $XDG_STATE_HOME/lab/labs}, absolute
 * @param lab the lab's name
 */
public record LabFolder(Path labs, String lab) {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    public LabFolder {
        if (!LabName.isValid(lab)) {
            throw new IllegalArgumentException(LabName.rule(lab));
        }
    }

    public Path path() {
        return labs.resolve(lab);
    }

    public boolean exists() {
        return Files.isDirectory(path());
    }

    public Path spec() {
        return path().resolve("lab.yaml");
    }

    public Path kubeconfig() {
        return path().resolve("kubeconfig");
    }

    public Journal journal() {
        return new Journal(path().resolve("journal.jsonl"));
    }

    public void create() throws IOException {
        Files.createDirectories(path(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    /** Keeps every other command that changes this lab waiting until it is closed. */
    public LockFile lock() throws IOException {
        return LockFile.hold(labs.resolve("." + lab + ".lock"));
    }

    /** Takes the folder away with all that is in it. Repeatable. */
    public void delete() throws IOException {
        FileTree.delete(path());
    }
}
