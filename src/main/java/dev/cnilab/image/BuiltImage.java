package dev.cnilab.image;

import java.nio.file.Path;

/**
 * An image that {@code docker load} and {@code ctr images import} take.
 *
 * @param archive in {@code docker save}'s format
 * @param reference repository and tag
 * @param id the digest of its configuration, {@code sha256:...}: what engines call the image's ID
 * @param size of the archive, in octets
 */
public record BuiltImage(
        Path archive, String reference, String id, Architecture architecture, long size) {}
