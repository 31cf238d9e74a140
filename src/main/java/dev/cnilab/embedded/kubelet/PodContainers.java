package dev.cnilab.embedded.kubelet;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cnilab.embedded.kubelet.ContainerState.Terminated;
import dev.cnilab.host.FileTree;
import dev.cnilab.kube.ObjectMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The containers of one pod: the init containers in sequence, then the others in parallel. */
final class PodContainers {

    private static final System.Logger LOG = System.getLogger(PodContainers.class.getName());
    private static final String INIT = "initContainers";
    private static final String MAIN = "containers";

    private final NodeContext node;
    private final ObjectNode pod;
    private final RestartPolicy policy;
    private final List<Container> init;
    private final List<Container> main;
    private final List<Prober> probers = new ArrayList<>();

    /** Starts the containers; null before the sandbox exists. */
    private volatile @Nullable ContainerStart start;

    PodContainers(NodeContext node, ObjectNode pod, Runnable changed) {
        this.node = node;
        this.pod = pod;
        this.policy = RestartPolicy.of(pod.path("spec").path("restartPolicy").asText());
        this.init = make(INIT, policy.forInit(), changed);
        this.main = make(MAIN, policy, changed);
    }

    private List<Container> make(String field, RestartPolicy restarts, Runnable changed) {
        return pod.path("spec")
                .path(field)
                .valueStream()
                .map(spec -> make(spec, restarts, changed))
                .toList();
    }

    private Container make(JsonNode spec, RestartPolicy restarts, Runnable changed) {
        String name = spec.path("name").asText();
        return new Container(
                name,
                () -> launcher().launch(pod, spec),
                restarts,
                log(name),
                new ContainerEvents(node.events(), pod, name, spec.path("image").asText()),
                !spec.has("readinessProbe"),
                changed);
    }

    /** Starts every container that can start, once the sandbox exists. */
    void proceed(Sandbox sandbox) {
        if (start == null) {
            start = containerStart(sandbox);
        }
        for (Container container : init) {
            if (!container.started()) {
                container.start();
            }
            if (!(container.snapshot().state() instanceof Terminated run && run.ok())) {
                return;
            }
        }
        for (int i = 0; i < main.size(); i++) {
            Container container = main.get(i);
            if (!container.started()) {
                container.start();
                JsonNode spec = pod.path("spec").path(MAIN).path(i);
                probers.addAll(Prober.start(node, pod, spec, container, launcher(), sandbox));
            }
        }
    }

    /** Updates the volumes of running containers. */
    void refresh() {
        try {
            launcher().refresh(pod);
        } catch (IOException e) {
            // The volume of a deleted ConfigMap keeps its content.
            LOG.log(DEBUG, "volumes of pod " + ObjectMeta.name(pod), e);
        }
    }

    /** Stops all of them in parallel. */
    void stop(Duration grace) {
        probers.forEach(Prober::close);
        List<Thread> ends =
                Stream.concat(init.stream(), main.stream())
                        .filter(Container::started)
                        .map(each -> Thread.ofPlatform().daemon().start(() -> each.stop(grace)))
                        .toList();
        try {
            for (Thread end : ends) {
                end.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes the pod's files, including its logs. */
    void removeFiles() {
        try {
            FileTree.delete(directory());
            FileTree.delete(logs());
        } catch (IOException e) {
            LOG.log(WARNING, "files of pod " + ObjectMeta.name(pod), e);
        }
    }

    List<Container.Snapshot> init() {
        return init.stream().map(Container::snapshot).toList();
    }

    List<Container.Snapshot> main() {
        return main.stream().map(Container::snapshot).toList();
    }

    RestartPolicy policy() {
        return policy;
    }

    /**
     * Finds a container.
     *
     * @param name null for the first
     */
    Optional<Container> find(@Nullable String name) {
        return Stream.concat(main.stream(), init.stream())
                .filter(container -> name == null || container.name().equals(name))
                .findFirst();
    }

    /** Starts a command in the container. */
    Process exec(Container container, List<String> argv) throws IOException {
        return launcher().exec(pod, spec(container), argv);
    }

    /** Starts a command as {@link #exec} does, with the terminal as its controlling one. */
    Process execOn(Path terminal, Container container, List<String> argv) throws IOException {
        int user = new SecurityContext(pod, spec(container)).privileges().user();
        Files.setAttribute(terminal, "unix:uid", user);
        List<String> wrapped = new ArrayList<>(node.image().entrypoint());
        wrapped.addAll(List.of("tool", "on-terminal", terminal.toString()));
        wrapped.addAll(argv);
        return exec(container, wrapped);
    }

    private JsonNode spec(Container container) throws ContainerException {
        return Stream.of(MAIN, INIT)
                .flatMap(field -> pod.path("spec").path(field).valueStream())
                .filter(each -> each.path("name").asText().equals(container.name()))
                .findFirst()
                .orElseThrow(() -> ContainerException.config("no such container"));
    }

    private ContainerStart launcher() {
        ContainerStart known = start;
        if (known == null) {
            throw new IllegalStateException("containers start after their sandbox");
        }
        return known;
    }

    private ContainerStart containerStart(Sandbox sandbox) {
        Map<String, String> given = new HashMap<>(node.image().environment());
        boolean hostNetwork = pod.path("spec").path("hostNetwork").asBoolean();
        given.put("HOSTNAME", hostname(hostNetwork ? node.plan().name() : ObjectMeta.name(pod)));
        given.put("KUBERNETES_SERVICE_HOST", node.settings().apiHost());
        given.put("KUBERNETES_SERVICE_PORT", "443");
        String hostIp = node.plan().ipv4().address().toString();
        return new ContainerStart(
                node.files(),
                node.image(),
                sandbox,
                new Volumes(directory(), node.files(), node.store(), node.settings()),
                new Environment(node.store(), given, sandbox.ip(), hostIp));
    }

    private ContainerLog log(String container) {
        return new ContainerLog(logs().resolve(container));
    }

    private Path logs() {
        return node.files()
                .here(Path.of("/var/log/pods"))
                .resolve(
                        ObjectMeta.namespace(pod)
                                + "_"
                                + ObjectMeta.name(pod)
                                + "_"
                                + ObjectMeta.uid(pod));
    }

    private Path directory() {
        return node.files().here(Path.of("/var/lib/kubelet/pods")).resolve(ObjectMeta.uid(pod));
    }

    /** Truncates the host name to the length of a DNS label (RFC 1123), as kubelets do. */
    private static String hostname(String name) {
        return name.length() <= 63 ? name : name.substring(0, 63).replaceFirst("[-.]+$", "");
    }
}
