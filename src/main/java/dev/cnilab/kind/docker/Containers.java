package dev.cnilab.kind.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerMount;
import com.github.dockerjava.api.model.ContainerPort;
import dev.cnilab.cluster.NodeContainer;
import dev.cnilab.cluster.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The containers of a Docker engine. */
public final class Containers {

    private final DockerEngine engine;

    Containers(DockerEngine engine) {
        this.engine = engine;
    }

    /** Containers with this label and value, running or not, sorted by name. */
    public List<NodeContainer> labelled(String label, String value) throws IOException {
        return engine
                .ask(docker ->
                        docker.listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(Map.of(label, value))
                                .exec())
                .stream()
                .map(Containers::container)
                .sorted(Comparator.comparing(NodeContainer::name))
                .toList();
    }

    /** Kills and removes a container with its anonymous volumes; an absent one is no error. */
    public void remove(NodeContainer container) throws IOException {
        engine.find(docker -> {
            docker.removeContainerCmd(container.id())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            return container;
        });
    }

    /** Unpacks a tar archive in the container. */
    public void unpack(String container, InputStream tar, String directory) throws IOException {
        engine.ask(docker -> {
            docker.copyArchiveToContainerCmd(container)
                    .withTarInputStream(tar)
                    .withRemotePath(directory)
                    .exec();
            return container;
        });
    }

    /** Starts a command in a container, without input. */
    public RunningCommand start(String container, List<String> argv) throws IOException {
        return start(container, argv, Map.of(), Optional.empty());
    }

    /**
     * Starts a command in a container.
     *
     * @param environment added to the container's own
     * @param stdin the command's input; empty for a command that gets none
     */
    public RunningCommand start(
            String container,
            List<String> argv,
            Map<String, String> environment,
            Optional<InputStream> stdin)
            throws IOException {
        return ContainerCommand.start(engine, container, argv, environment, stdin);
    }

    /** Starts a command that continues in the background. */
    public void startDetached(String container, List<String> argv) throws IOException {
        engine.ask(docker -> {
            String exec =
                    docker.execCreateCmd(container)
                            .withCmd(argv.toArray(String[]::new))
                            .exec()
                            .getId();
            return docker.execStartCmd(exec).withDetach(true).exec(new ResultCallback.Adapter<>());
        });
    }

    private static NodeContainer container(Container container) {
        return new NodeContainer(
                container.getId().substring(0, 12),
                container.getImage(),
                container.getCommand(),
                Instant.ofEpochSecond(container.getCreated()),
                container.getStatus(),
                Stream.of(Objects.requireNonNullElse(container.getPorts(), new ContainerPort[0]))
                        .map(Containers::port)
                        .collect(Collectors.joining(", ")),
                container.getNames()[0].replaceFirst("^/", ""),
                Objects.requireNonNullElse(container.getMounts(), List.<ContainerMount>of())
                        .stream()
                        .flatMap(mount -> Stream.ofNullable(mount.getDestination()))
                        .toList());
    }

    private static String port(ContainerPort port) {
        String inside = port.getPrivatePort() + "/" + port.getType();
        return port.getPublicPort() == null
                ? inside
                : port.getIp() + ":" + port.getPublicPort() + "->" + inside;
    }
}
