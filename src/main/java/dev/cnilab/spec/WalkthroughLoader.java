package dev.cnilab.spec;

import dev.cnilab.spec.yaml.Problem;
import dev.cnilab.spec.yaml.Problems;
import dev.cnilab.spec.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a lab's walkthrough, a separate file that is read when a walkthrough starts, so that its
 * texts can be changed while the lab is up.
 */
public final class WalkthroughLoader {

    private WalkthroughLoader() {}

    /**
     * Reads the walkthrough.
     *
     * @param folder to which the lab's paths are relative; empty for a bundled lab
     * @return empty when the lab has none
     * @throws SpecException with all problems of the file
     */
    public static Optional<WalkthroughSpec> load(LabSpec lab, Optional<Path> folder)
            throws SpecException {
        if (lab.walkthrough().isEmpty()) {
            return Optional.empty();
        }
        String path = lab.walkthrough().get();
        return Optional.of(read(path, text(path, folder)));
    }

    static WalkthroughSpec read(String name, String text) throws SpecException {
        Problems problems = new Problems(name);
        Optional<WalkthroughSpec> spec =
                YamlDocument.read(text, WalkthroughSchemas.walkthrough(), problems);
        spec.ifPresent(walkthrough -> NameChecks.check(walkthrough, problems));
        if (problems.isEmpty() && spec.isPresent()) {
            return spec.get();
        }
        throw new SpecException(problems.all());
    }

    private static String text(String path, Optional<Path> folder) throws SpecException {
        try {
            return folder.isPresent()
                    ? TextFile.read(folder.get().resolve(path))
                    : bundled("/labs/" + path);
        } catch (IOException e) {
            String message = "walkthrough: " + e.getMessage();
            throw new SpecException(List.of(new Problem(path, 0, 0, "", message, "")));
        }
    }

    private static String bundled(String path) throws IOException {
        try (InputStream resource = WalkthroughLoader.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IOException("no such bundled file");
            }
            return TextFile.decode(resource.readAllBytes());
        }
    }
}
