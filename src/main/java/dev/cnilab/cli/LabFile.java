package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file of a lab, and what is changed of it, as {@code lab up} takes them. */
@Command
final class LabFile {

    @Parameters(
            paramLabel = "LAB",
            description = "A bundled lab's name, or the path of a lab's YAML file.")
    String lab = "";

    @Mixin SpecOptions changes = new SpecOptions();

    @Option(
            names = "--no-dns",
            description = "Stop cluster DNS, for nodes that can't pull its image.")
    boolean noDns;

    /**
     * The file as it is now.
     *
     * @param words those of {@link #words}
     * @return empty if it no longer exists
     * @throws SpecException with all problems of the file
     */
    static Optional<LabSource> again(List<String> words) throws SpecException, Failure {
        LabFile file = CommandLine.populateCommand(new LabFile(), words.toArray(String[]::new));
        return SpecLoader.isBundled(file.lab) || Files.exists(Path.of(file.lab))
                ? Optional.of(file.source())
                : Optional.empty();
    }

    LabSource source() throws SpecException, Failure {
        return changes.on(SpecLoader.find(lab), noDns);
    }

    /** The words that name the lab when typed in any directory. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(SpecLoader.isBundled(lab) ? lab : Path.of(lab).toAbsolutePath().toString());
        words.addAll(changes.words());
        if (noDns) {
            words.add("--no-dns");
        }
        return words;
    }
}
