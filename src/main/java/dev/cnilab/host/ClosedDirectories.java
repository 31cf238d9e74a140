package dev.cnilab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Directories of this machine that only their owner may search, such as a home or a lab's state, on
 * the way to files that a process of another user needs. The process sees them empty but for those
 * files.
 */
final class ClosedDirectories implements AutoCloseable {

    /**
     * A file or directory to keep.
     *
     * @param source opened before any directory is hidden
     */
    private record Kept(Path path, Fd source) {}

    private final List<Kept> kept = new ArrayList<>();

    /** Opens what is to be kept; files that are in no closed directory need nothing. */
    static ClosedDirectories before(List<Path> needed) throws IOException {
        ClosedDirectories closed = new ClosedDirectories();
        try {
            for (Path path : needed) {
                Optional<Path> last = closedOn(path).reduce((_, second) -> second);
                if (last.isPresent()) {
                    Path inside = last.get().resolve(last.get().relativize(path).getName(0));
                    closed.kept.add(new Kept(inside, Fd.open(inside, Fd.O_PATH)));
                }
            }
            return closed;
        } catch (IOException | RuntimeException e) {
            closed.close();
            throw e;
        }
    }

    /**
     * Replaces the directories, for the calling thread, which has its own mount namespace. Outer
     * ones first: what is kept of an outer directory may contain an inner one.
     */
    void replace() throws IOException {
        kept.sort(Comparator.comparingInt(each -> each.path.getNameCount()));
        for (Kept each : kept) {
            Optional<Path> first = closedOn(each.path).findFirst();
            if (first.isPresent()) {
                Mounts.tmpfs(first.get());
            }
            if (Files.notExists(each.path)) {
                each.source.makeMountPoint(each.path);
                Mounts.bind(each.source, each.path);
            }
        }
    }

    /** Returns the closed directories on the way to a file, from the root on. */
    private static Stream<Path> closedOn(Path path) {
        return IntStream.range(0, path.getNameCount())
                .mapToObj(names ->
                        names == 0
                                ? path.getRoot()
                                : path.getRoot().resolve(path.subpath(0, names)))
                .filter(ClosedDirectories::isClosed);
    }

    private static boolean isClosed(Path directory) {
        try {
            return !Files.getPosixFilePermissions(directory)
                    .contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kept.forEach(each -> each.source.close());
    }
}
