package dev.cnilab.image;

import dev.cnilab.base.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the shared objects that programs need, as the dynamic linker does (ld.so(8)).
 *
 * @param root of the file system to search: {@code /} for this machine's
 */
record SharedObjects(Path root) {

    /** Default directories of ld.so, including Debian's directories of each architecture. */
    private static final List<String> DIRECTORIES =
            List.of(
                    "lib/x86_64-linux-gnu",
                    "usr/lib/x86_64-linux-gnu",
                    "lib/aarch64-linux-gnu",
                    "usr/lib/aarch64-linux-gnu",
                    "lib64",
                    "usr/lib64",
                    "lib",
                    "usr/lib");

    /**
     * Returns all shared objects that the files need, directly or indirectly.
     *
     * @param files programs and shared objects; those among them are not searched
     * @return paths below the root, including the interpreter
     * @throws Failure naming a missing one
     */
    Set<Path> neededBy(Collection<Path> files) throws IOException {
        Set<String> own = new TreeSet<>();
        files.forEach(file -> own.add(file.getFileName().toString()));
        Set<Path> found = new TreeSet<>();
        Deque<Path> waiting = new ArrayDeque<>(files);
        while (!waiting.isEmpty()) {
            Path file = waiting.pop();
            Optional<ElfFile> elf = ElfFile.read(file);
            if (elf.isEmpty()) {
                continue;
            }
            for (String name :
                    (Iterable<String>)
                            Stream.concat(
                                            elf.get().interpreter().stream(),
                                            elf.get().needed().stream())
                                    ::iterator) {
                if (!own.contains(name)) {
                    Path object = find(name, file, elf.get().runPath());
                    if (found.add(object)) {
                        waiting.push(object);
                    }
                }
            }
        }
        return found;
    }

    private Path find(String name, Path user, String runPath) throws Failure {
        Stream<Path> places =
                name.startsWith("/")
                        ? Stream.of(root.resolve(name.substring(1)))
                        : Stream.concat(
                                        runPath(runPath, user),
                                        DIRECTORIES.stream().map(root::resolve))
                                .map(directory -> directory.resolve(name));
        return places.filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() ->
                        new Failure(
                                Failure.Kind.PROVIDER,
                                "shared-object-missing",
                                "cannot build the image without "
                                        + name
                                        + ", which is not on this machine",
                                user + " needs it; searched " + DIRECTORIES + " of " + root,
                                "install the package that contains it"));
    }

    private Stream<Path> runPath(String runPath, Path user) {
        return Stream.of(runPath.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory ->
                        directory.startsWith("$ORIGIN")
                                ? user.resolveSibling(
                                        directory
                                                .substring("$ORIGIN".length())
                                                .replaceFirst("^/", ""))
                                : root.resolve(directory.substring(1)));
    }
}
