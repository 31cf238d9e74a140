package dev.cnilab.cni.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that others see in its old or its new state only, even while it is replaced. */
record AtomicFile(Path path, Set<PosixFilePermission> permissions) {

    static AtomicFile at(Path path) {
        return new AtomicFile(path, PosixFilePermissions.fromString("rw-r--r--"));
    }

    static AtomicFile executable(Path path) {
        return new AtomicFile(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void write(String text) throws IOException {
        replace(fresh -> Files.writeString(fresh, text, StandardCharsets.UTF_8));
    }

    void write(InputStream content) throws IOException {
        replace(fresh -> Files.copy(content, fresh, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Keeps the source's permissions. */
    void copyFrom(Path source) throws IOException {
        Set<PosixFilePermission> same = Files.getPosixFilePermissions(source);
        try (InputStream content = Files.newInputStream(source)) {
            new AtomicFile(path, same).write(content);
        }
    }

    private interface Content {
        Object putInto(Path fresh) throws IOException;
    }

    private void replace(Content content) throws IOException {
        Path fresh = path.resolveSibling("." + path.getFileName() + ".new");
        try {
            content.putInto(fresh);
            Files.setPosixFilePermissions(fresh, permissions);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
