package dev.cnilab.image;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The sources of an image's runtime and shell.
 *
 * @param jdk of the image's architecture
 * @param root of a file system with {@code /bin/sh} and shared objects of that architecture
 */
public record Base(Path jdk, Path root) {

    /**
     * Returns the JDK's architecture.
     *
     * @throws Failure when it is not supported
     */
    Architecture architecture() throws IOException {
        Path java = jdk.resolve("bin/java");
        return ElfFile.read(java)
                .flatMap(elf -> Architecture.of(elf.machine()))
                .orElseThrow(() ->
                        new Failure(
                                Failure.Kind.USAGE,
                                "no-such-architecture",
                                "cannot build an image from the JDK " + jdk,
                                java + " is not a program for linux/amd64 or linux/arm64",
                                "use a JDK for one of these"));
    }

    Path shell() {
        return root.resolve("bin/sh");
    }
}
