package dev.cnilab.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds manifests: bundled ones by name, others by path.
 *
 * @param folder to which paths are relative; empty for bundled manifests only
 */
record ManifestFolder(Optional<Path> folder) {

    /**
     * Finds a manifest.
     *
     * @throws IllegalArgumentException when there is none
     */
    ManifestTemplate find(String name) {
        try {
            return new ManifestTemplate(name, new Template(text(name)));
        } catch (IOException e) {
            throw new IllegalArgumentException("manifest '" + name + "': " + e.getMessage(), e);
        }
    }

    private String text(String name) throws IOException {
        if (!name.contains("/") && !name.contains(".")) {
            try (InputStream own = getClass().getResourceAsStream("/manifests/" + name + ".yaml")) {
                if (own == null) {
                    throw new IOException("no bundled manifest of that name");
                }
                return TextFile.decode(own.readAllBytes());
            }
        }
        if (folder.isEmpty()) {
            throw new IOException("a bundled lab has no files next to it");
        }
        return TextFile.read(folder.get().resolve(name));
    }
}
