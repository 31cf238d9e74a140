package dev.cnilab.cluster;

import java.util.function.Consumer;

/** Passes the progress of a creation to consumers. */
public record TestProgress(Consumer<String> lines, Consumer<Cluster> serving)
        implements CreationProgress {

    /** Ignores all progress. */
    public static TestProgress ignored() {
        return new TestProgress(line -> {}, Cluster::close);
    }

    @Override
    public void note(String line) {
        lines.accept(line);
    }

    @Override
    public void nodesRun(ImageLoader loader) {
        // Tests load the image at the end.
    }

    @Override
    public void serves(Cluster cluster) {
        serving.accept(cluster);
    }
}
