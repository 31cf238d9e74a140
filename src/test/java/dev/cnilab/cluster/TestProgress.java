package dev.cnilab.cluster;

import java.util.function.Consumer;

/** Hands on how far a cluster has come. */
public record TestProgress(Consumer<String> lines, Consumer<Cluster> serving)
        implements CreationProgress {

    /** Has no use for it. */
    public static TestProgress ignored() {
        return new TestProgress(line -> {}, Cluster::close);
    }

    @Override
    public void note(String line) {
        lines.accept(line);
    }

    @Override
    public void nodesRun(ImageLoader loader) {
        // Tests load it at the end.
    }

    @Override
    public void serves(Cluster cluster) {
        serving.accept(cluster);
    }
}
