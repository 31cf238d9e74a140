package dev.cnilab.kind;

import dev.cnilab.cluster.ImageLoader;
import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.Parallel;
import dev.cnilab.image.BuiltImage;
import dev.cnilab.image.ImageCache;
import dev.cnilab.kind.docker.DockerEngine;
import java.io.IOException;

/**
 * Loads the image of agent and demo into all nodes. Uses its own connection, since it also runs in
 * parallel to kind.
 *
 * @param source where the image comes from
 */
record NodeImages(KindNodes nodes, Source source) implements ImageLoader {

    /** Opens the image on demand, since most commands do not need it. */
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

    /** Waits until the image is built. */
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
