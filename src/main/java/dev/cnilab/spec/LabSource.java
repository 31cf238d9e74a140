package dev.cnilab.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The text of a lab file.
 *
 * @param name as the user gave it
 * @param folder to which manifests' paths are relative; empty for a bundled lab
 * @param overridden whether it contains overrides of the command line, in which case the node image
 *     may be given by tag
 */
public record LabSource(String name, String text, Optional<Path> folder, boolean overridden) {

    public LabSource(String name, String text, Optional<Path> folder) {
        this(name, text, folder, false);
    }
}
