package dev.cnilab.kind;

import dev.cnilab.cluster.CommandOutput;
import dev.cnilab.host.ExecResult;
import dev.cnilab.image.BuiltImage;
import dev.cnilab.kind.docker.DockerEngine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/**
 * Loads lab's image on a node: into containerd, and its {@code /opt/lab} into the node's file
 * system, for commands that the node lacks.
 *
 * @param node name of its container
 */
record NodeImage(DockerEngine engine, String node) {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final String DRAFT = "/var/lib/cnilab/image";

    /**
     * Imports the image, once containerd serves: it starts after the container. Not with
     * --all-platforms, which fails on an image of one platform. Unpacks it for the snapshotter that
     * the kubelet's runtime uses.
     */
    private static final String IMPORT =
            """
            set -e
            for try in $(seq 120); do
              if ctr version >/dev/null 2>&1; then break; fi
              sleep 0.5
            done
            snapshotter=$(containerd config dump | sed -n "s/^ *snapshotter = [\\"']\\(.*\\)[\\"']/\\1/p" | head -n 1)
            cd "$1"
            tar -cf - . | ctr -n k8s.io images import --snapshotter "${snapshotter:-overlayfs}" - >/dev/null
            for layer in *.tar; do tar -xf "$layer" -C / opt/lab; done
            cd /
            rm -rf "$1"
            """;

    boolean isLoaded(String reference) throws IOException {
        return run(List.of("ctr", "-n", "k8s.io", "images", "ls", "-q", "name==" + reference))
                        .stdout()
                        .strip()
                        .equals(reference)
                && run(List.of("test", "-x", "/opt/lab/bin/lab")).ok();
    }

    void load(BuiltImage image) throws IOException {
        require(List.of("mkdir", "-p", DRAFT));
        try (InputStream archive =
                new BufferedInputStream(Files.newInputStream(image.archive()), 1 << 16)) {
            engine.containers().unpack(node, archive, DRAFT);
        }
        require(List.of("sh", "-c", IMPORT, "sh", DRAFT));
    }

    private void require(List<String> argv) throws IOException {
        ExecResult result = run(argv);
        if (!result.ok()) {
            throw new IOException(node + ": " + result.describe());
        }
    }

    private ExecResult run(List<String> argv) throws IOException {
        return CommandOutput.of(engine.containers().start(node, argv), argv, TIMEOUT);
    }
}
