package dev.cnilab.kind;

import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.image.BuiltImage;
import dev.cnilab.image.ImageCache;
import dev.cnilab.kind.docker.DockerEngine;
import java.io.IOException;

/**
 * The image of agent and demo in all nodes. It may be loaded while kind works and after, so it has
 * a connection of its own.
 *
 * @param source where the image comes from
 */
record NodeImages(KindNodes nodes, Source source) implements ImageLoader {

    /** Opened when asked for: most commands need none. */
    @FunctionalInterface
    interface Source {
        ImageCache open() throws IOException;
    }

    @Override
    public boolean loaded() throws IOException {
        String reference = source.open().reference();
        KindNodes connected = nodes.connected();
        try (DockerEngine engine = connected.engine()) {
            for (NodeContainer node : connected.list()) {
                if (!new NodeImage(engine, node.name()).isLoaded(reference)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Waits while the image is being built. */
    @Override
    public void load() throws IOException {
        BuiltImage image = source.open().image(line -> {});
        KindNodes connected = nodes.connected();
        try (DockerEngine engine = connected.engine()) {
            Parallel.forEach(
                    connected.list(), node -> new NodeImage(engine, node.name()).load(image));
        }
    }
}
