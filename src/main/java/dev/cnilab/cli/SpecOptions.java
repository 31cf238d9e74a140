package dev.cnilab.cli;

import dev.cnilab.base.Failure;
import dev.cnilab.spec.LabSource;
import dev.cnilab.spec.SpecException;
import dev.cnilab.spec.SpecOverrides;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is changed of a lab's file before it is used. */
final class SpecOptions {

    @Option(
            names = "--name",
            converter = ValidLabName.class,
            paramLabel = "NAME",
            description = "Another name for the lab.")
    String name = "";

    @Option(
            names = "--nodes",
            converter = IntRange.Nodes.class,
            paramLabel = "N",
            description = "Number of nodes in total.")
    int nodes;

    @Option(
            names = "--node-image",
            paramLabel = "IMAGE",
            description = "Another image for kind's nodes than the lab's.")
    String nodeImage = "";

    /**
     * Applies them to a lab's file.
     *
     * @throws Failure if this lab cannot have them
     */
    LabSource on(LabSource source, boolean withoutDns) throws SpecException, Failure {
        try {
            return new SpecOverrides(name, nodes, nodeImage, withoutDns).on(source);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.USAGE, "bad-override", String.valueOf(e.getMessage()), "", "", e);
        }
    }

    /** Those given, as they are typed. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (!name.isEmpty()) {
            words.addAll(List.of("--name", name));
        }
        if (nodes != 0) {
            words.addAll(List.of("--nodes", String.valueOf(nodes)));
        }
        if (!nodeImage.isEmpty()) {
            words.addAll(List.of("--node-image", nodeImage));
        }
        return words;
    }
}
