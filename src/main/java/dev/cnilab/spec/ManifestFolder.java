package dev.cnilab.spec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Finds manifests: bundled ones by name, others by path.
 *
 * @param files those next to the lab's file; empty for bundled manifests only
 */
record ManifestFolder(Optional<LabFiles> files) {

    /**
     * Finds a manifest.
     *
     * @throws IllegalArgumentException when there is none
     */
    ManifestTemplate find(String name) {
        try {
            return new ManifestTemplate(name, file(name), new Template(text(name)));
        } catch (IOException e) {
            throw new IllegalArgumentException("manifest '" + name + "': " + e.getMessage(), e);
        }
    }

    private String file(String name) {
        return ManifestTemplate.isFile(name)
                ? files.map(next -> next.path(name)).orElse(name)
                : name;
    }

    private String text(String name) throws IOException {
        if (!ManifestTemplate.isFile(name)) {
            try (InputStream own = getClass().getResourceAsStream("/manifests/" + name + ".yaml")) {
                if (own == null) {
                    throw new IOException("no bundled manifest of that name");
                }
                return TextFile.decode(own.readAllBytes());
            }
        }
        if (files.isEmpty()) {
            throw new IOException("a bundled lab has no files next to it");
        }
        return files.get().read(name);
    }
}
