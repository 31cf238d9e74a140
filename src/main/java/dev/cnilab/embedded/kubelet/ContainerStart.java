package dev.cnilab.embedded.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.node.NodeFiles;
import dev.cnilab.host.Command;
import dev.cnilab.host.Confinement;
import dev.cnilab.host.NamespacedProcess;
import dev.cnilab.host.NamespacedProcess.Bind;
import dev.cnilab.host.NetNamespace;
import dev.cnilab.image.OwnImage;
import dev.cnilab.image.ProgramImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the containers of one pod: their processes, mounts and environment.
 *
 * @param node provides the files that they see
 */
record ContainerStart(
        NodeFiles node, OwnImage image, Sandbox sandbox, Volumes volumes, Environment environment) {

    private static final Path ROOT = Path.of("/");
    private static final Path RUN = Path.of("/run");

    /** Starts the process of a container's specification. */
    Process launch(ObjectNode pod, JsonNode container) throws IOException {
        String name = container.path("image").asText();
        if (!ProgramImage.serves(name)) {
            throw new ContainerException(
                    "ErrImagePull",
                    "the embedded cluster runs only the image %s, not '%s': choose the provider kind for others"
                            .formatted(ProgramImage.REPOSITORY, name));
        }
        Map<String, String> variables = environment.of(pod, container);
        List<String> argv = new ArrayList<>();
        if (container.path("command").isEmpty()) {
            argv.addAll(image.entrypoint());
        }
        container
                .path("command")
                .forEach(word -> argv.add(Environment.expand(word.asText(), variables)));
        container
                .path("args")
                .forEach(word -> argv.add(Environment.expand(word.asText(), variables)));
        return start(pod, container, Command.of(argv).withOnly(variables));
    }

    /** Starts another command in a running container. */
    Process exec(ObjectNode pod, JsonNode container, List<String> argv) throws IOException {
        return start(pod, container, Command.of(argv).withOnly(environment.of(pod, container)));
    }

    /** Updates the volumes of changed ConfigMaps. */
    void refresh(ObjectNode pod) throws IOException {
        volumes.prepare(pod);
    }

    private Process start(ObjectNode pod, JsonNode container, Command command) throws IOException {
        SecurityContext security = new SecurityContext(pod, container);
        Confinement limits =
                new Confinement(
                        security.privileges(),
                        security.readOnlyRoot(),
                        image.files(),
                        ROOT.resolve(container.path("workingDir").asText()));
        return new NamespacedProcess(
                        sandbox.network(),
                        binds(pod, container, security.readOnlyRoot()),
                        environment.hostname(),
                        Optional.of(limits))
                .start(command);
    }

    /**
     * Returns the binds: the container's own /run, then its volumes, whose mount points below /run
     * are created there.
     */
    private List<Bind> binds(ObjectNode pod, JsonNode container, boolean readOnlyRoot)
            throws IOException {
        Path run = Files.createDirectories(volumes.directory().resolve("run"));
        Map<String, Path> sources = volumes.prepare(pod);
        List<Bind> mounts = new ArrayList<>();
        if (pod.path("spec").path("automountServiceAccountToken").asBoolean(true)) {
            mounts.add(new Bind(volumes.serviceAccount(pod), below(Volumes.SERVICE_ACCOUNT), true));
        }
        for (JsonNode mount : container.path("volumeMounts")) {
            Path source = sources.get(mount.path("name").asText());
            if (source == null) {
                throw ContainerException.config("there is no volume for the mount " + mount);
            }
            mounts.add(
                    new Bind(
                            source.resolve(mount.path("subPath").asText()),
                            below(Path.of(mount.path("mountPath").asText())),
                            mount.path("readOnly").asBoolean()));
        }
        Path namespaces = node.here(NetNamespace.DIRECTORY);
        List<Bind> binds = new ArrayList<>();
        binds.add(new Bind(run, RUN, readOnlyRoot));
        for (Bind mount : mounts) {
            if (mount.target().startsWith(RUN)) {
                makeMountPoint(mount.source(), run.resolve(RUN.relativize(mount.target())));
            }
            binds.add(mount);
            if (namespaces.startsWith(mount.source())) {
                // A container that mounts the node's /run sees this machine's namespaces in it.
                Path inside = mount.source().relativize(namespaces);
                binds.add(new Bind(NetNamespace.DIRECTORY, mount.target().resolve(inside)));
            }
        }
        return binds;
    }

    /** Resolves {@code /var/run}, a link to {@code /run} on current distributions. */
    private static Path below(Path target) {
        Path path = target.normalize();
        Path old = Path.of("/var/run");
        return path.startsWith(old) ? RUN.resolve(old.relativize(path)) : path;
    }

    private static void makeMountPoint(Path source, Path target) throws IOException {
        if (Files.isDirectory(source)) {
            Files.createDirectories(target);
        } else if (!Files.exists(target)) {
            Files.createDirectories(target.resolveSibling("."));
            Files.createFile(target);
        }
    }
}
