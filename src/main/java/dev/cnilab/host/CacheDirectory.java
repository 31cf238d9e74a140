package dev.cnilab.host;

import java.nio.file.Path;
import java.util.Map;

/** The directory of files that can be downloaded or built again. */
public final class CacheDirectory {

    private CacheDirectory() {}

    /**
     * Returns {@code LAB_CACHE}, which the launcher sets to a directory that only root can write
     * where it runs as root, since programs are run from there; else the directory of the XDG Base
     * Directory Specification.
     */
    public static Path of(Map<String, String> environment) {
        String chosen = environment.getOrDefault("LAB_CACHE", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        Path base =
                cache.isAbsolute()
                        ? cache
                        : Path.of(environment.getOrDefault("HOME", "/root"), ".cache");
        return base.resolve("lab");
    }
}
