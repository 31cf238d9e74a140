package dev.cnilab.cli;

import dev.cnilab.spec.SpecOverrides;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is changed of a lab's file before it is used. */
final class SpecOptions {

    @Option(names = "--name", paramLabel = "NAME", description = "Another name for the lab.")
    String name = "";

    @Option(names = "--nodes", paramLabel = "N", description = "Number of nodes in total.")
    int nodes;

    @Option(
            names = "--node-image",
            paramLabel = "IMAGE",
            description = "Another image for kind's nodes than the lab's.")
    String nodeImage = "";

    SpecOverrides overrides(boolean withoutDns) {
        return new SpecOverrides(name, nodes, nodeImage, withoutDns);
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
