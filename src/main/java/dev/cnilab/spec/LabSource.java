package dev.cnilab.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The text of a lab's file.
 *
 * @param name as the user gave it
 * @param folder that manifests' paths are relative to; empty for a bundled lab
 * @param overridden whether it may hold what the command line changed, which may name the node
 *     image by a tag
 */
public record LabSource(String name, String text, Optional<Path> folder, boolean overridden) {

    public LabSource(String name, String text, Optional<Path> folder) {
        this(name, text, folder, false);
    }
}
