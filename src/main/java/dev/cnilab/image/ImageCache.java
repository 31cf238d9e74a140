package dev.cnilab.image;

import dev.cnilab.host.FileTree;
import dev.cnilab.host.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The images that were made from installations of this program; the newest of each architecture is
 * kept.
 */
public final class ImageCache {

    private static final String LIST = ".classlist";
    private static final String WORK = ".work";

    private final Path directory;
    private final Installation installation;
    private final String version;

    /**
     * @param directory may not exist yet
     * @param version of the installation
     */
    ImageCache(Path directory, Installation installation, String version) {
        this.directory = directory;
        this.installation = installation;
        this.version = version;
    }

    /** Of the program that runs, in the XDG Base Directory Specification's place. */
    public static ImageCache of(Map<String, String> environment, String version)
            throws IOException {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base =
                Path.of(cache).isAbsolute()
                        ? Path.of(cache)
                        : Path.of(environment.getOrDefault("HOME", "/root"), ".cache");
        return new ImageCache(base.resolve("lab/images"), Installation.current(), version);
    }

    /**
     * Repository and tag. The tag names the installation's content: another build of the same
     * version is another image, so that a node never runs an old one for it.
     */
    public String reference() throws IOException {
        return reference(installation.identity());
    }

    /** Whether the image for this machine is there. */
    public boolean isMade() throws IOException {
        String name = base().architecture().ociName() + "-" + installation.identity() + "-";
        return Files.isDirectory(directory) && find(name).isPresent();
    }

    /** The image for this machine, made unless it is there. */
    public BuiltImage image(Consumer<String> progress) throws IOException {
        return image(base(), progress);
    }

    /** The image for the base's architecture, made unless it is there. */
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
        // Always the same directory, since class data tell where they were made.
        Path work = directory.resolve(WORK);
        if (Files.exists(work)) {
            // What a killed build left.
            FileTree.delete(work);
        }
        Files.createDirectory(work);
        try {
            Path list = directory.resolve(identity + LIST);
            boolean runs = base.jdk().equals(installation.javaHome());
            if (runs) {
                progress.accept("listing the classes that agent and demo load");
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
            return Files.move(
                    draft, directory.resolve(prefix + id + ".tar"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(work);
        }
    }

    /** Takes away what only other installations' images of the architecture were made of. */
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
