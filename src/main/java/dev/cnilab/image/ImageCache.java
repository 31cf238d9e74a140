package dev.cnilab.image;

import dev.cnilab.base.AtomicFile;
import dev.cnilab.host.CacheDirectory;
import dev.cnilab.host.FileTree;
import dev.cnilab.host.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Cache of built images; keeps the newest of each architecture. */
public final class ImageCache {

    private static final String LIST = ".classlist";
    private static final String WORK = ".work";

    private final Path directory;
    private final Installation installation;
    private final String version;

    /**
     * Creates a cache.
     *
     * @param directory created if missing
     * @param version of the installation
     */
    ImageCache(Path directory, Installation installation, String version) {
        this.directory = directory;
        this.installation = installation;
        this.version = version;
    }

    /** Returns the cache of the running program, in lab's cache directory. */
    public static ImageCache of(Map<String, String> environment, String version)
            throws IOException {
        return new ImageCache(
                CacheDirectory.of(environment).resolve("images"), Installation.current(), version);
    }

    /**
     * Returns repository and tag. The tag is derived from the installation's content, so that a
     * node never runs an outdated image of the same version.
     */
    public String reference() throws IOException {
        return reference(installation.identity());
    }

    /** Checks whether the image for this machine exists. */
    public boolean exists() throws IOException {
        String name = base().architecture().ociName() + "-" + installation.identity() + "-";
        return Files.isDirectory(directory) && find(name).isPresent();
    }

    /** Returns the image for this machine; builds it unless it exists. */
    public BuiltImage image(Consumer<String> progress) throws IOException {
        return image(base(), progress);
    }

    /** Returns the image for the base's architecture; builds it unless it exists. */
    public BuiltImage image(Base base, Consumer<String> progress) throws IOException {
        String identity = installation.identity();
        Architecture architecture = base.architecture();
        String prefix = architecture.ociName() + "-" + identity + "-";
        try (LockFile _ = LockFile.hold(directory.resolve(".lock"))) {
            Optional<Path> kept = find(prefix);
            Path archive =
                    kept.isPresent()
                            ? kept.get()
                            : build(base, architecture, identity, prefix, progress);
            String id = archive.getFileName().toString().substring(prefix.length());
            return new BuiltImage(
                    archive,
                    reference(identity),
                    "sha256:" + id.substring(0, id.indexOf('.')),
                    architecture,
                    Files.size(archive));
        }
    }

    private Path build(
            Base base,
            Architecture architecture,
            String identity,
            String prefix,
            Consumer<String> progress)
            throws IOException {
        // Always the same directory, since a CDS archive contains its path.
        Path work = directory.resolve(WORK);
        if (Files.exists(work)) {
            // Left by a build that was killed.
            FileTree.delete(work);
        }
        Files.createDirectory(work);
        try {
            Path list = directory.resolve(identity + LIST);
            boolean runs = base.jdk().equals(installation.javaHome());
            if (runs) {
                progress.accept("listing the classes of agent and demo");
                ClassData.list(installation, list);
            }
            Path draft = work.resolve("image.tar");
            String id =
                    new ImageBuilder(installation, base, work, progress)
                            .build(
                                    runs ? Optional.of(list) : Optional.empty(),
                                    version,
                                    reference(identity),
                                    draft);
            prune(architecture, identity);
            Path archive = directory.resolve(prefix + id + ".tar");
            AtomicFile.at(archive).replaceBy(draft);
            return archive;
        } finally {
            FileTree.delete(work);
        }
    }

    /** Deletes files of the architecture that only other installations' images used. */
    private void prune(Architecture architecture, String identity) throws IOException {
        for (Path old : files("")) {
            String name = old.getFileName().toString();
            if (name.startsWith(architecture.ociName() + "-")
                    || name.endsWith(LIST) && !name.startsWith(identity)) {
                Files.delete(old);
            }
        }
    }

    private Base base() {
        return new Base(installation.javaHome(), Path.of("/"));
    }

    private Optional<Path> find(String prefix) throws IOException {
        return files(prefix).stream().findFirst();
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        }
    }

    private String reference(String identity) {
        return ProgramImage.REPOSITORY + ":" + version + "-" + identity;
    }
}
