package dev.cnilab.image;

import java.nio.file.Path;

/**
 * An image that {@code docker load} and {@code ctr images import} accept.
 *
 * @param archive in {@code docker save}'s format
 * @param reference repository and tag
 * @param id digest of its configuration, {@code sha256:...}: the engines' image ID
 * @param size of the archive, in octets
 */
public record BuiltImage(
        Path archive, String reference, String id, Architecture architecture, long size) {}
