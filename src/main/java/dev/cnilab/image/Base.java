package dev.cnilab.image;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What an image's runtime and shell are taken from.
 *
 * @param jdk of the image's architecture
 * @param root of a file system that has {@code /bin/sh} and the shared objects of that architecture
 */
public record Base(Path jdk, Path root) {

    /**
     * @throws Failure when the JDK is of an architecture that images are not made for
     */
    Architecture architecture() throws IOException {
        Path java = jdk.resolve("bin/java");
        return ElfFile.read(java)
                .flatMap(elf -> Architecture.of(elf.machine()))
                .orElseThrow(() ->
                        new Failure(
                                Failure.Kind.USAGE,
                                "no-such-architecture",
                                "no image can be made from the JDK " + jdk,
                                java + " is no program of linux/amd64 or linux/arm64",
                                "give the JDK of one of these"));
    }

    Path shell() {
        return root.resolve("bin/sh");
    }
}
