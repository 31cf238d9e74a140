package dev.cnilab.kind;

import dev.cnilab.cluster.CommandOutput;
import dev.cnilab.host.ExecResult;
import dev.cnilab.image.TarArchive;
import dev.cnilab.kind.docker.DockerEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A file on a node.
 *
 * @param node name of its container
 * @param path absolute
 */
record NodeFile(DockerEngine engine, String node, String path) {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Writes it atomically: unpacks it to a temporary path next to it, and renames it. */
    void write(byte[] content, boolean executable) throws IOException {
        Path target = Path.of(path).normalize();
        String directory = target.resolveSibling(".").normalize().toString();
        String draft = "." + target.getFileName() + ".new";
        run(List.of("mkdir", "-p", directory));
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        new TarArchive().bytes(draft, content, executable ? 0755 : 0644).writeTo(tar);
        engine.containers().unpack(node, new ByteArrayInputStream(tar.toByteArray()), directory);
        run(List.of("mv", directory + "/" + draft, target.toString()));
    }

    private void run(List<String> argv) throws IOException {
        ExecResult result = CommandOutput.of(engine.containers().start(node, argv), argv, TIMEOUT);
        if (!result.ok()) {
            throw new IOException(node + ": " + result.describe());
        }
    }
}
