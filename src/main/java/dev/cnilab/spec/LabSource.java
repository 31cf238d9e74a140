package dev.cnilab.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The text of a lab's file.
 *
 * @param name as the user gave it
 * @param folder that manifests' paths are relative to; empty for a bundled lab
 */
public record LabSource(String name, String text, Optional<Path> folder) {}
