package dev.cnilab.kube.tls;

import dev.cnilab.base.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files with mode 0600 in a directory with mode 0700. */
final class OwnerOnly {
    private OwnerOnly() {}

    static void write(Path file, String text) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        AtomicFile.ownerOnly(file.toAbsolutePath()).write(text);
    }
}
