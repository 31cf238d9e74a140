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
 * A lab's state directory: effective spec, journal, keys, logs, files of its nodes. Mode 0700.
 * Always a direct child of the directory of all labs, for any name that a user gives.
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
        return Journal.in(path());
    }

    public void create() throws IOException {
        Files.createDirectories(path(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    /** Locks the lab against other commands that change it, until closed. */
    public LockFile lock() throws IOException {
        return LockFile.hold(labs.resolve("." + lab + ".lock"));
    }

    /** Deletes the directory recursively. Repeatable. */
    public void delete() throws IOException {
        FileTree.delete(path());
    }
}
