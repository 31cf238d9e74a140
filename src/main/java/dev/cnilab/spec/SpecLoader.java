package dev.cnilab.spec;

import dev.cnilab.spec.yaml.Problem;
import dev.cnilab.spec.yaml.Problems;
import dev.cnilab.spec.yaml.Suggestions;
import dev.cnilab.spec.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds labs by path or by name, and reads them. */
public final class SpecLoader {

    private static final List<String> BUNDLED = List.of("flannel-ipip", "flannel-ipip-upstream");

    private SpecLoader() {}

    /** Returns the names of the bundled labs. */
    public static List<String> bundled() {
        return BUNDLED;
    }

    /**
     * Loads a lab.
     *
     * @param nameOrPath the name of a bundled lab, or a file's path
     * @throws SpecException with all problems of the file
     */
    public static LabSpec load(String nameOrPath) throws SpecException {
        return load(find(nameOrPath));
    }

    /** Whether lab brings a lab of that name. */
    public static boolean isBundled(String name) {
        return BUNDLED.contains(name);
    }

    /**
     * Finds a lab's file.
     *
     * @throws SpecException when it does not exist or cannot be read as text
     */
    public static LabSource find(String nameOrPath) throws SpecException {
        try {
            if (isBundled(nameOrPath)) {
                return bundledLab(nameOrPath);
            }
            Path file = Path.of(nameOrPath);
            if (!Files.exists(file) && !nameOrPath.contains("/")) {
                throw new IOException(
                        "no such file, and no bundled lab of that name; "
                                + Suggestions.hint(nameOrPath, BUNDLED));
            }
            Path folder = file.toAbsolutePath().normalize().getParent();
            return new LabSource(nameOrPath, TextFile.read(file), Optional.ofNullable(folder));
        } catch (IOException | IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new SpecException(List.of(new Problem(nameOrPath, 0, 0, "", message, "")));
        }
    }

    /**
     * Reads a lab.
     *
     * @throws SpecException with all problems of the text
     */
    public static LabSpec load(LabSource source) throws SpecException {
        return load(source, source.folder().map(LabFiles::in));
    }

    /**
     * Reads a lab whose files are elsewhere than in its directory.
     *
     * @param files empty for a bundled lab
     * @throws SpecException with all problems of the text
     */
    public static LabSpec load(LabSource source, Optional<LabFiles> files) throws SpecException {
        Problems problems = new Problems(source.name());
        ManifestFolder manifests = new ManifestFolder(files);
        Optional<LabSpec> spec =
                YamlDocument.read(
                        source.text(),
                        LabSchema.lab(manifests::find, source.overridden()),
                        problems);
        spec.ifPresent(lab -> check(lab, problems));
        if (problems.isEmpty() && spec.isPresent()) {
            return spec.get();
        }
        throw new SpecException(problems.all());
    }

    private static void check(LabSpec lab, Problems problems) {
        Subnets.check(lab, problems);
        VersionCheck.check(lab, problems);
        NameChecks.check(lab, problems);
        ScopeChecks.check(lab, problems);
        ManifestChecks.check(lab, problems);
    }

    private static LabSource bundledLab(String name) throws IOException {
        try (InputStream resource =
                SpecLoader.class.getResourceAsStream("/labs/" + name + ".yaml")) {
            if (resource == null) {
                throw new IOException("the bundled lab is missing from the jar");
            }
            return new LabSource(name, TextFile.decode(resource.readAllBytes()), Optional.empty());
        }
    }
}
